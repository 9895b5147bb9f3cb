import { describe, expect, test } from 'vitest';
import type { DictationEvent } from '../../../src/core/events.ts';
import { type Status, statusAfter } from '../../../src/extension/window/status.ts';

const LISTENING = { type: 'listening', engine: 'local', device: 'mic' } as const;
const END: Extract<DictationEvent, { type: 'end' }> = {
  type: 'end',
  reason: 'silence',
  finals: 1,
  audioSeconds: 3,
  billedSeconds: 3,
  billedIsEstimate: false,
  costUsd: 0,
};

/** The kinds of status that events lead through, one second apart. */
function story(...events: readonly DictationEvent[]) {
  let status: Status = { kind: 'connecting' };
  const kinds: string[] = [];
  for (const [index, event] of events.entries()) {
    status = statusAfter(status, event, index * 1_000);
    kinds.push(status.kind);
  }
  return { status, kinds };
}

describe('statusAfter', () => {
  test('follows a dictation from the microphone to the end', () => {
    const { kinds } = story(
      { type: 'connecting', endpoint: 'host' },
      LISTENING,
      { type: 'countdown', remainingMs: 2_990, reason: 'silence' },
      { type: 'countdown-cleared' },
      { type: 'stopping', reason: 'silence' },
      END,
    );
    expect(kinds).toEqual([
      ...['connecting', 'listening', 'counting-down', 'listening', 'stopping', 'idle'],
    ]);
  });

  test('goes on counting the time through a countdown and a lost connection', () => {
    const { status, kinds } = story(
      LISTENING,
      { type: 'countdown', remainingMs: 3_000, reason: 'silence' },
      { type: 'reconnecting', attempt: 2, delayMs: 300, code: 1006 },
      { type: 'begin', sessionId: 'two', model: 'm' },
    );
    expect(kinds).toEqual(['listening', 'counting-down', 'reconnecting', 'listening']);
    expect(status).toEqual({ kind: 'listening', sinceMs: 0 });
  });

  test('rounds the seconds that are left up, so that it never promises none', () => {
    const { status } = story({ type: 'countdown', remainingMs: 950, reason: 'no-speech' });
    expect(status).toMatchObject({ seconds: 1 });
  });

  test('keeps showing a problem after the end', () => {
    const error = { code: 'no-samples', message: 'Nothing is heard' } as const;
    const { status } = story({ type: 'error', ...error }, { ...END, reason: 'error' });
    expect(status).toEqual({ kind: 'problem', error });
  });
});
