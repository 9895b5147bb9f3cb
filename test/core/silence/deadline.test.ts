import { describe, expect, test } from 'vitest';
import {
  type Limits,
  type Mark,
  type Moment,
  nearestDeadline,
} from '../../../src/core/silence/deadline.ts';

// When does it hang up? Each line is one moment: what was heard, where clock and audio stand, and
// how far away the stop is. Milliseconds; the dictation began at 0.

const LIMITS: Limits = { silenceMs: 5_000, noSpeechMs: 10_000, maxMs: 1_800_000 };

const nothingYet: Mark = { kind: 'not-started' };
/** No words since that moment by the clock, when so much audio had been sent. */
const noWordsSince = (sinceMs: number, audioMs = sinceMs): Mark => ({
  kind: 'no-words',
  sinceMs,
  audioMs,
});
/** The last word ended there in the audio, and the news of it came then. */
const wordsUntil = (endMs: number, arrivedAtMs: number): Mark => ({
  kind: 'words',
  endMs,
  arrivedAtMs,
});

interface Line {
  readonly heard: string;
  readonly mark: Mark;
  readonly nowMs: number;
  /** Audio sent; as much as time has passed, where nothing is said. */
  readonly audioMs?: number;
  readonly session?: Moment['session'];
  readonly limits?: Partial<Limits>;
  /** `5000 silence`, or `never`. */
  readonly stop: string;
}

function stopOf({ mark, nowMs, audioMs = nowMs, session = 'open', limits }: Line): string {
  const moment = { nowMs, audioMs, session, startedAtMs: 0 };
  const deadline = nearestDeadline({ ...LIMITS, maxMs: 0, ...limits }, mark, moment);
  return deadline ? `${deadline.inMs} ${deadline.reason}` : 'never';
}

const said = wordsUntil(8_000, 8_600);
const LINES: readonly Line[] = [
  // Before anything is heard
  { heard: 'no session has begun', mark: nothingYet, nowMs: 3_000, stop: 'never' },
  {
    heard: 'the session just began',
    mark: noWordsSince(1_000),
    nowMs: 1_000,
    stop: '10000 no-speech',
  },
  { heard: 'nothing for 4 s', mark: noWordsSince(1_000), nowMs: 5_000, stop: '6000 no-speech' },
  { heard: 'nothing for 10 s', mark: noWordsSince(1_000), nowMs: 11_000, stop: '0 no-speech' },
  { heard: 'nothing for 12 s', mark: noWordsSince(1_000), nowMs: 13_000, stop: '-2000 no-speech' },
  // Audio that waits has not been listened to
  {
    heard: 'nothing, 3 s of audio wait',
    mark: noWordsSince(1_000),
    nowMs: 11_000,
    audioMs: 8_000,
    stop: '3000 no-speech',
  },
  // Audio that is caught up does not make the clock go faster
  {
    heard: 'nothing, audio ran ahead',
    mark: noWordsSince(1_000, 0),
    nowMs: 9_000,
    audioMs: 10_000,
    stop: '2000 no-speech',
  },
  {
    heard: 'nothing, and no limit on it',
    mark: noWordsSince(1_000),
    nowMs: 99_000,
    limits: { noSpeechMs: 0 },
    stop: 'never',
  },

  // After words: the limit counts from the end of the last one, and is never early
  { heard: 'words up to just now', mark: said, nowMs: 8_600, audioMs: 8_000, stop: '5100 silence' },
  { heard: 'silence for 2 s', mark: said, nowMs: 10_000, stop: '3100 silence' },
  { heard: 'silence for 5 s', mark: said, nowMs: 13_000, stop: '100 silence' },
  { heard: 'silence for 5.1 s', mark: said, nowMs: 13_100, stop: '0 silence' },
  {
    heard: 'silence, 2 s of audio wait',
    mark: said,
    nowMs: 13_100,
    audioMs: 11_100,
    stop: '2000 silence',
  },
  {
    heard: 'silence, and no limit on it',
    mark: said,
    nowMs: 99_000,
    limits: { silenceMs: 0 },
    stop: 'never',
  },
  // News that came late leaves a second for what may follow
  {
    heard: 'words told 6 s late',
    mark: wordsUntil(8_000, 14_000),
    nowMs: 14_000,
    stop: '1000 silence',
  },
  {
    heard: 'the same, 0.4 s later',
    mark: wordsUntil(8_000, 14_000),
    nowMs: 14_400,
    stop: '600 silence',
  },
  // The limit for no speech is over once something was said
  {
    heard: 'words, then silence, the other limit shorter',
    mark: said,
    nowMs: 10_000,
    limits: { noSpeechMs: 1_000 },
    stop: '3100 silence',
  },

  // Without a session silence means nothing
  {
    heard: 'nothing, session lost',
    mark: noWordsSince(1_000),
    nowMs: 30_000,
    session: 'none',
    stop: 'never',
  },
  { heard: 'words, session lost', mark: said, nowMs: 30_000, session: 'none', stop: 'never' },

  // The longest dictation ends whatever is said
  {
    heard: 'words, near the longest',
    mark: wordsUntil(58_000, 58_500),
    nowMs: 58_500,
    limits: { maxMs: 60_000 },
    stop: '1500 max-duration',
  },
  {
    heard: 'words, silence is nearer',
    mark: wordsUntil(50_000, 50_500),
    nowMs: 53_000,
    limits: { maxMs: 60_000 },
    stop: '2100 silence',
  },
  {
    heard: 'words, session lost, near the longest',
    mark: said,
    nowMs: 59_000,
    session: 'none',
    limits: { maxMs: 60_000 },
    stop: '1000 max-duration',
  },
  {
    heard: 'no session has begun, near the longest',
    mark: nothingYet,
    nowMs: 59_000,
    limits: { maxMs: 60_000 },
    stop: '1000 max-duration',
  },
];

describe('when it hangs up', () => {
  test.for(LINES)('$heard at $nowMs ms: $stop', (line) => {
    expect(stopOf(line)).toBe(line.stop);
  });

  test('counts the longest dictation from its start', () => {
    const moment = { nowMs: 10_500, audioMs: 500, session: 'none', startedAtMs: 10_000 } as const;
    expect(nearestDeadline(LIMITS, nothingYet, moment)).toEqual({
      inMs: 1_799_500,
      reason: 'max-duration',
    });
  });
});
