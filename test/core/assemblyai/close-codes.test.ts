import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/assemblyai/close-codes.ts';

function judgeClose(code: number, error?: string, reason = '') {
  const ending = { kind: 'closed', code, reason } as const;
  const { advice, error: verdict } = judge({ kind: 'socket', ending, ...(error ? { error } : {}) });
  return [advice, verdict.code];
}

describe('judge', () => {
  test.each([
    [1000, '', 'retry', 'connection-lost'],
    [1001, '', 'retry', 'connection-lost'],
    [1005, '', 'retry', 'connection-lost'],
    [1006, '', 'retry', 'connection-lost'],
    [1002, '', 'retry', 'service-failed'],
    [1008, 'Unauthorized Connection: Missing Authorization header', 'give-up', 'key-refused'],
    [1008, 'Unauthorized Connection: Invalid API key', 'give-up', 'key-refused'],
    [1008, 'Unauthorized Connection: Signature has expired', 'retry-with-new-token', 'key-refused'],
    [1008, 'Unauthorized Connection: Too many concurrent sessions', 'retry-slowly', 'rate-limited'],
    [1008, 'Incorrect padding', 'retry', 'key-refused'],
    [1008, 'Insufficient account balance', 'give-up', 'account-refused'],
    [1009, '', 'give-up', 'audio-refused'],
    [1011, '', 'retry', 'service-failed'],
    [1013, '', 'retry', 'service-failed'],
    [3005, 'Session Cancelled: An error occurred', 'retry', 'service-failed'],
    [3006, 'User Input Validation Error: Max 100 items', 'give-up', 'request-refused'],
    [
      3006,
      'Session terminated due to inactivity: No messages received for 10 seconds',
      'idle',
      'session-expired',
    ],
    [
      3007,
      'Input Duration Error: Input Duration Violation: 20 ms. Expected between 50 and 1000 ms',
      'give-up',
      'audio-refused',
    ],
    [
      3007,
      'Audio Transmission Rate Exceeded: Received 10 sec. audio in 2 sec',
      'retry',
      'audio-refused',
    ],
    [3008, 'Session Expired: Maximum session duration exceeded', 'retry', 'session-expired'],
    [3009, 'Unauthorized Connection: Too many concurrent sessions', 'retry-slowly', 'rate-limited'],
    [4102, '', 'give-up', 'service-failed'],
  ])('judges close %d "%s" as %s, %s', (code, error, advice, errorCode) => {
    expect(judgeClose(code, error)).toEqual([advice, errorCode]);
  });

  test('reads the reason where an older deployment sent no Error frame', () => {
    expect(judgeClose(1008, undefined, 'Too many concurrent sessions')).toEqual([
      'retry-slowly',
      'rate-limited',
    ]);
  });

  test("repeats the service's words in the sentence, bounded and harmless", () => {
    const ending = { kind: 'closed', code: 3006, reason: '' } as const;
    const { error } = judge({
      kind: 'socket',
      ending,
      error: `bad\u001b[31m thing ${'x'.repeat(500)}`,
    });
    expect(error.message).toMatch(/bad \[31m thing x+/);
    expect(error.message.length).toBeLessThan(300);
  });

  test.each([
    ['streaming.eu.assemblyai.com', 'assemblyai.com/dashboard'],
    ['127.0.0.1:8080', '127.0.0.1:8080'],
  ])('a key that %s refused is looked up at %s', (host, account) => {
    const closed = { kind: 'closed', code: 1008, reason: 'Invalid API key' } as const;
    for (const ending of [closed, { kind: 'refused', status: 401 } as const]) {
      const { error } = judge({ kind: 'socket', ending, host });
      expect(error.message).toContain(`check it at ${account} and set it again`);
    }
  });

  test('does not repeat the reason that every close has', () => {
    const ending = { kind: 'closed', code: 1011, reason: 'See Error message for details' } as const;
    expect(judge({ kind: 'socket', ending }).error.message).toMatch(/\(code 1011\)$/);
  });

  test.each([
    [{ kind: 'unreachable', errno: 'ECONNREFUSED' }, 'retry', 'unreachable'],
    [{ kind: 'unreachable', errno: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'give-up', 'unreachable'],
    [{ kind: 'refused', status: 401 }, 'give-up', 'key-refused'],
    [{ kind: 'refused', status: 429 }, 'retry-slowly', 'rate-limited'],
    [{ kind: 'refused', status: 503 }, 'retry', 'handshake-refused'],
    [{ kind: 'refused', status: 200 }, 'give-up', 'handshake-refused'],
    [{ kind: 'refused', status: 302 }, 'give-up', 'handshake-refused'],
  ] as const)('judges %j as %s, %s', (ending, advice, code) => {
    const verdict = judge({ kind: 'socket', ending });
    expect([verdict.advice, verdict.error.code]).toEqual([advice, code]);
  });
});
