import { describe, expect, test } from 'vitest';
import { type Progress, progressAfter } from '../../../src/core/dictation/progress.ts';
import type { DictationEvent, DictationTrace } from '../../../src/core/events.ts';

type Told = DictationEvent | DictationTrace;

const LISTENING: Told = { type: 'listening', engine: 'local', device: 'mic' };
const COUNT: Told = { type: 'countdown', remainingMs: 2_990, reason: 'silence' };
const LOST: Told = { type: 'reconnecting', attempt: 2, delayMs: 300, code: 1006 };
const BEGIN: Told = { type: 'begin', sessionId: 'two', model: 'm' };
const STOPPING: Told = { type: 'stopping', reason: 'silence' };
const ERROR: Told = { type: 'error', code: 'no-samples', message: 'Nothing is heard' };
const END: Told = {
  type: 'end',
  reason: 'silence',
  finals: 1,
  audioSeconds: 3,
  billedSeconds: 3,
  billedIsEstimate: false,
  costUsd: 0,
};

/** What events lead through, one second apart. */
function story(...events: readonly Told[]) {
  let progress: Progress = { kind: 'connecting' };
  const kinds: string[] = [];
  for (const [index, event] of events.entries()) {
    progress = progressAfter(progress, event, index * 1_000);
    kinds.push(progress.kind);
  }
  return { progress, kinds: kinds.join(' ') };
}

describe('what a person is shown', () => {
  test.each<[string, readonly Told[], string]>([
    ['nothing new before samples flow', [BEGIN], 'connecting'],
    ['listening when samples flow', [BEGIN, LISTENING], 'connecting listening'],
    ['the count', [LISTENING, COUNT], 'listening counting-down'],
    [
      'listening again when it is cleared',
      [LISTENING, COUNT, { type: 'countdown-cleared' }],
      'listening counting-down listening',
    ],
    [
      'no flash of listening between the count and the end',
      [LISTENING, COUNT, STOPPING, { type: 'countdown-cleared' }, END],
      'listening counting-down stopping stopping idle',
    ],
    ['a lost connection', [LISTENING, LOST, BEGIN], 'listening reconnecting listening'],
    ['still connecting where nothing was heard before', [LOST, BEGIN], 'connecting connecting'],
    [
      'the stop, whatever is lost after it',
      [LISTENING, STOPPING, LOST],
      'listening stopping stopping',
    ],
    ['samples that come after a stop', [STOPPING, LISTENING], 'stopping stopping'],
    ['a problem, also after the end', [LISTENING, ERROR, END], 'listening problem problem'],
  ])('is %s', (_, events, kinds) => {
    expect(story(...events).kinds).toBe(kinds);
  });

  test('goes on counting the time through a countdown and a lost connection', () => {
    const { progress } = story(LISTENING, COUNT, LOST, BEGIN);
    expect(progress).toEqual({ kind: 'listening', sinceMs: 0 });
  });

  test.each([
    ['silence', 'yes'],
    ['no-speech', 'yes'],
    ['max-duration', 'no'],
  ] as const)('tells whether %s can be put off: %s', (reason, canKeepListening) => {
    const { progress } = story({ type: 'countdown', remainingMs: 1_000, reason });
    expect(progress).toMatchObject({ canKeepListening });
  });
});
