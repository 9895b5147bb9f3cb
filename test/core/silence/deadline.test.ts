import { describe, expect, test } from 'vitest';
import {
  type Limits,
  type Mark,
  type Moment,
  nearestDeadline,
} from '../../../src/core/silence/deadline.ts';
import { readTable } from '../../support/table.ts';

// When does it hang up? A row is one moment of a dictation that began at 0: what was heard, where clock
// and audio stand, and how far away the stop is; all in seconds. `audio` is what was sent; empty, it
// is as much as time has passed. The limits are 5 s of silence and 10 s without speech, and no longest
// dictation, unless the row has others.

const ROWS = readTable(
  'heard                     | now  | audio | session | limits                  | stop             | title',
  `
   NOTHING WAS SAID
   nothing since 1           | 1    |       | open    |                         | 10 no-speech     | the session has just begun
   nothing since 1           | 5    |       | open    |                         | 6 no-speech      | and goes on
   nothing since 1           | 11   |       | open    |                         | 0 no-speech      | for as long as the limit
   nothing since 1           | 13   |       | open    |                         | -2 no-speech     | and longer
   nothing since 1           | 11   | 8     | open    |                         | 3 no-speech      | audio that waits has not been listened to
   nothing since 1           | 9    | 12    | open    |                         | 2 no-speech      | audio that is caught up does not make the clock go faster
   nothing since 1           | 99   |       | open    | no-speech 0             | never            | without that limit
   nothing since 1           | 5    |       | open    | silence 0               | 6 no-speech      | the limit of silence does not matter yet
   SOMETHING WAS SAID: a tenth is added, so that no stop is early
   words to 8, told at 8.6   | 8.6  | 8     | open    |                         | 5.1 silence      | the last word has just ended
   words to 8, told at 8.6   | 10   |       | open    |                         | 3.1 silence      | silence of 2 s
   words to 8, told at 8.6   | 13   |       | open    |                         | 0.1 silence      | of 5 s
   words to 8, told at 8.6   | 13.1 |       | open    |                         | 0 silence        | of 5.1 s
   words to 8, told at 8.6   | 13.1 | 11.1  | open    |                         | 2 silence        | audio that waits has not been listened to
   words to 8, told at 14    | 14   |       | open    |                         | 1 silence        | words told 6 s late: others may follow within a second
   words to 8, told at 14    | 14.4 |       | open    |                         | 0.6 silence      | and 0.4 s later
   words to 8, told at 14    | 14.4 | 9     | open    |                         | 4.1 silence      | audio that waits has not been listened to
   words to 8, told at 8.6   | 99   |       | open    | silence 0               | never            | without that limit
   words to 8, told at 8.6   | 10   |       | open    | no-speech 1             | 3.1 silence      | the limit without speech does not matter any more
   NO SESSION, OR NO SAMPLES: silence means nothing
   nothing since 0           | 30   |       | none    |                         | never            | nothing has begun
   words to 8, told at 8.6   | 30   |       | none    |                         | never            | the session was lost
   THE LONGEST DICTATION ends whatever is said
   words to 58, told at 58.5 | 58.5 |       | open    | longest 60              | 1.5 max-duration | the end is near
   words to 50, told at 50.5 | 53   |       | open    | longest 60              | 2.1 silence      | the silence ends sooner
   words to 8, told at 8.6   | 13.1 |       | open    | longest 13.1            | 0 silence        | both come at once: then it was the silence
   words to 8, told at 8.6   | 59   |       | none    | longest 60              | 1 max-duration   | the session was lost
   nothing since 0           | 59   |       | none    | longest 60              | 1 max-duration   | nothing has begun
   nothing since 0           | 61   | 3     | none    | longest 60              | -1 max-duration  | it counts by the clock
   nothing since 0           | 3    |       | open    | longest 60, no-speech 0 | 57 max-duration  | it is all there is
`,
);

function markOf(heard: string): Mark {
  const [first = 0, second = first] = (heard.match(/[\d.]+/g) ?? []).map(ms);
  return heard.startsWith('words')
    ? { kind: 'words', endMs: first, arrivedAtMs: second }
    : { kind: 'no-words', sinceMs: first, audioMs: first };
}

function limitsOf(text: string): Limits {
  const limit = (name: string, otherwise: number) =>
    ms(new RegExp(`${name} ([\\d.]+)`).exec(text)?.[1] ?? otherwise);
  return {
    silenceMs: limit('silence', 5),
    noSpeechMs: limit('no-speech', 10),
    maxMs: limit('longest', 0),
  };
}

function ms(seconds: string | number): number {
  return Math.round(Number(seconds) * 1_000);
}

describe('when it hangs up', () => {
  for (const { heard, now, audio, session, limits, stop, title } of ROWS) {
    test(`${heard}, now ${now}: ${stop}: ${title}`, () => {
      const moment = {
        nowMs: ms(now),
        audioMs: ms(audio || now),
        session: session as Moment['session'],
        startedAtMs: 0,
      };
      const deadline = nearestDeadline(limitsOf(limits), markOf(heard), moment);
      expect(deadline ? `${deadline.inMs / 1_000} ${deadline.reason}` : 'never').toBe(stop);
    });
  }

  test('the longest dictation counts from its start', () => {
    const moment = { nowMs: 10_500, audioMs: 500, session: 'none', startedAtMs: 10_000 } as const;
    const deadline = nearestDeadline(limitsOf('longest 60'), markOf('nothing since 10'), moment);
    expect(deadline).toEqual({ inMs: 59_500, reason: 'max-duration' });
  });
});
