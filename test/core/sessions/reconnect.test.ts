import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/core/assemblyai/close-codes.ts';
import {
  type Attempts,
  type LostSession,
  type Moment,
  NO_ATTEMPTS,
  planReconnect,
} from '../../../src/core/sessions/reconnect.ts';

const closed = (code: number, error?: string): Fault => ({
  kind: 'socket',
  ending: { kind: 'closed', code, reason: '' },
  ...(error === undefined ? {} : { error }),
});
const UNREACHABLE: Fault = {
  kind: 'socket',
  ending: { kind: 'unreachable', errno: 'ENETUNREACH' },
};

interface Setup {
  readonly before?: Partial<Attempts>;
  readonly lost?: Partial<LostSession>;
  readonly moment?: Partial<Moment>;
}

function plan(fault: Fault, { before, lost, moment }: Setup = {}) {
  return planReconnect(
    { ...NO_ATTEMPTS, ...before },
    { fault, reached: 'begun', livedMs: 60_000, finals: 1, unsaid: 'nothing', ...lost },
    {
      nowMs: 100_000,
      chance: 0.5,
      sinceTerminateMs: Number.POSITIVE_INFINITY,
      noSpeechMs: 10_000,
      roomMs: 30_000,
      ...moment,
    },
  );
}

const short = { reached: 'begun', livedMs: 1_000, finals: 0 } as const;
const never = { reached: 'nothing', livedMs: 0, finals: 0 } as const;

describe('a session that lived and was lost', () => {
  test.each([
    ['closes 1001', closed(1001)],
    ['drops with 1005', closed(1005)],
    ['drops with 1006', closed(1006)],
    ['fails with 1011', closed(1011)],
    ['fails with 1013', closed(1013)],
    ['fails with 3005', closed(3005, 'Session Cancelled: An error occurred')],
    [
      'was fed too fast',
      closed(3007, 'Audio Transmission Rate Exceeded: Received 9 sec. audio in 2 sec'),
    ],
    [
      'reaches its longest duration',
      closed(3008, 'Session Expired: Maximum session duration exceeded'),
    ],
    ['terminates unasked', closed(1000)],
    ['stalls', { kind: 'stalled' } as const],
  ])('is replaced at once when it %s', (_, fault) => {
    expect(plan(fault)).toMatchObject({ kind: 'retry', delayMs: 0 });
  });

  test.each([
    ['refuses the key', closed(1008, 'Unauthorized Connection: Invalid API key'), 'key-refused'],
    ['refuses the account', closed(1008, 'Insufficient balance'), 'account-refused'],
    ['refuses a message of that size', closed(1009), 'audio-refused'],
    [
      'refuses a parameter',
      closed(3006, 'User Input Validation Error: Max 100 items'),
      'request-refused',
    ],
    ['refuses the frames', closed(3007, 'Input Duration Error: 20 ms'), 'audio-refused'],
    ['closes with a code nobody knows', closed(4104), 'service-failed'],
    ['floods', { kind: 'flooded' } as const, 'service-failed'],
  ])('ends the dictation when it %s', (_, fault, code) => {
    expect(plan(fault)).toMatchObject({ kind: 'give-up', error: { code } });
  });

  test.each([1008, 3009])(
    'waits at least two seconds, then tens, after a rate refusal (%d)',
    (code) => {
      const fault = closed(code, 'Unauthorized Connection: Too many concurrent sessions');
      const lost = { reached: 'open', livedMs: 100, finals: 0 } as const;
      const first = plan(fault, { lost, moment: { chance: 0 } });
      expect(first).toMatchObject({ kind: 'retry', delayMs: 2_000 });
      const second = plan(fault, { before: { failed: 1 }, lost, moment: { chance: 1 } });
      expect(second).toMatchObject({ kind: 'retry', delayMs: 20_000 });
    },
  );

  test('asks for a new token once when the token has expired', () => {
    const fault = closed(1008, 'Unauthorized Connection: Signature has expired');
    const first = plan(fault, { lost: { reached: 'open', livedMs: 100, finals: 0 } });
    expect(first).toMatchObject({ kind: 'retry', delayMs: 0, attempts: { newToken: 'tried' } });
    expect(plan(fault, { before: { newToken: 'tried' } }).kind).toBe('give-up');
  });

  test('is the end that was wanted when the service heard nothing', () => {
    const fault = closed(
      3006,
      'Session terminated due to inactivity: No messages received for 10 seconds',
    );
    expect(plan(fault)).toEqual({ kind: 'idle' });
  });
});

describe('the wait', () => {
  test.each([
    [1, 0, 500],
    [1, 1, 1_000],
    [2, 1, 2_000],
    [3, 1, 4_000],
    [9, 1, 10_000],
    [9, 0, 500],
  ])('before a try after %d failures, with chance %d, is %d ms', (failed, chance, delayMs) => {
    const before = { failed: failed - 1, hasBegun: true };
    expect(plan(UNREACHABLE, { before, lost: never, moment: { chance } })).toMatchObject({
      delayMs,
    });
  });

  test('leaves two seconds after a Terminate', () => {
    expect(plan(closed(1006), { moment: { sinceTerminateMs: 300 } })).toMatchObject({
      delayMs: 1_700,
    });
  });
});

describe('giving up', () => {
  test('comes with the third session in a row shorter than five seconds', () => {
    expect(
      plan(closed(1006), { before: { shortSessions: 1, hasBegun: true }, lost: short }).kind,
    ).toBe('retry');
    expect(
      plan(closed(1006), { before: { shortSessions: 2, hasBegun: true }, lost: short }),
    ).toMatchObject({
      kind: 'give-up',
      error: { code: 'connection-lost' },
    });
  });

  const failing = { shortSessions: 2, failed: 5, hasBegun: true, lostSinceMs: 90_000 };
  test.each([
    ['delivered a final', { livedMs: 1_000, finals: 1 }, 'forgotten'],
    ['lived for 30 s without words', { livedMs: 30_000, finals: 0 }, 'forgotten'],
    ['lived for 29 s without words', { livedMs: 29_000, finals: 0 }, 'remembered'],
    ['lived for 6 s without words', { livedMs: 6_000, finals: 0 }, 'remembered'],
  ])('what failed before a session that %s', (_, lost, fate) => {
    const step = plan(closed(1006), { before: failing, lost: { ...lost, unsaid: 'sound' } });
    const failed = fate === 'forgotten' ? 0 : 6;
    expect(step).toMatchObject({ kind: 'retry', attempts: { failed } });
  });

  test('comes after sixty seconds without a session, however often it was tried', () => {
    const before = { hasBegun: true, failed: 12, lostSinceMs: 100_000 };
    expect(plan(UNREACHABLE, { before, lost: never, moment: { nowMs: 159_000 } })).toMatchObject({
      kind: 'retry',
      delayMs: 1_000,
    });
    expect(plan(UNREACHABLE, { before, lost: never, moment: { nowMs: 160_000 } }).kind).toBe(
      'give-up',
    );
  });

  test('comes after three tries when the service was never reached', () => {
    expect(plan(UNREACHABLE, { before: { failed: 1 }, lost: never }).kind).toBe('retry');
    expect(plan(UNREACHABLE, { before: { failed: 2 }, lost: never })).toMatchObject({
      kind: 'give-up',
      error: { code: 'unreachable' },
    });
  });
});

describe('when nobody speaks', () => {
  const flap = { reached: 'begun', livedMs: 6_000, finals: 0 } as const;
  test.each([
    ['before the limit, it is tried again', { wordlessMs: 0 }, {}, {}, 'retry'],
    ['open for as long as the limit, it is over', { wordlessMs: 4_000 }, {}, {}, 'nothing-said'],
    ['with a voice still to be heard', { wordlessMs: 60_000 }, { unsaid: 'sound' }, {}, 'retry'],
    ['without a limit', { wordlessMs: 60_000 }, {}, { noSpeechMs: 0 }, 'retry'],
    ['after words in this session', { wordlessMs: 60_000 }, { finals: 1 }, {}, 'retry'],
  ] as const)('%s', (_, before, lost, moment, kind) => {
    expect(plan(closed(1006), { before, lost: { ...flap, ...lost }, moment }).kind).toBe(kind);
  });

  test('after words in an earlier session the silence decides, not this', () => {
    const first = plan(closed(1006), { lost: { finals: 1 } });
    if (first.kind !== 'retry') throw new Error(first.kind);
    expect(first.attempts).not.toHaveProperty('wordlessMs');
  });
});

describe('words that wait for a session', () => {
  const waiting = (roomMs: number, unsaid: LostSession['unsaid'] = 'sound') =>
    plan(UNREACHABLE, {
      before: { failed: 9, hasBegun: true },
      lost: { ...never, unsaid },
      moment: { chance: 1, roomMs },
    });
  test.each([
    ['far from being dropped, they wait as long as ever', 25_000, 10_000],
    ['about to be dropped, they get a try in time', 9_000, 7_000],
    ['at the last moment, the network is not asked without a pause', 1_900, 500],
    ['once the first are dropped, there is no hurry any more', 0, 10_000],
  ])('%s', (_, roomMs, delayMs) => {
    expect(waiting(roomMs)).toMatchObject({ kind: 'retry', delayMs });
  });

  test('where nobody spoke, nothing can be dropped', () => {
    expect(waiting(3_000, 'nothing')).toMatchObject({ kind: 'retry', delayMs: 10_000 });
  });
});
