import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_MS } from '../../../src/core/audio/backlog.ts';
import { chooseCut } from '../../../src/core/sessions/replay-cut.ts';
import { partsOf, readTable } from '../../support/table.ts';

// Where is the audio cut that a new session hears again? A row is one loss: how loud it was (-20 dB but
// for what is said; `?` is no longer kept), the last word that became text, where the next one begins,
// if it was heard, and how far the audio surely arrived, of the 10 s that were sent. All in seconds.

const ROWS = readTable(
  'sound                     | last word | next | arrived | cut at | title',
  `
   THE NEXT WORD IS NOT KNOWN: the first pause, late in it
   2-2.8@-70                 | 1.6-2     |      | 10      | 2.6    | 0.2 s before sound begins again, which may begin softly
   2-2.1@-70                 | 1.6-2     |      | 10      | 2.05   | in a short pause, in its middle
   2-2.3@-70, 2.6-2.9@-70    | 1.6-2     |      | 10      | 2.15   | a later pause may come after the next word
   2-9@-70                   | 1.6-2     |      | 10      | 8.8    | quiet that arrived is only quiet
   2-9@-70                   | 1.6-2     |      | 4       | 4      | quiet that may not have arrived is heard again
   2-9@-70                   | 1.6-2     |      | 1       | 2      | but not the last word
   2-20@-70                  | 1.6-2     |      | 10      | 9.8    | quiet to the end of what was sent
   THE LAST WORD ENDS UP TO 0.24 S BEFORE ITS TIME
   2-2.15@-70                | 1.84-2.24 |      | 10      | 2.05   | the pause begins before
   2-2.15@-70, 2.3-9@-70     | 1.84-2.24 |      | 10      | 2.05   | a short word may have begun before, too
   1.7-1.85@-70, 2-2.5@-70   | 1.85-2    |      | 10      | 2.3    | but the pause before a short last word is not the one after it
   1.6-1.75@-70, 2-2.5@-70   | 1.2-2     |      | 10      | 2.3    | nor is one that is longer ago
   2.1-2.8@-70               | 1.6-2     |      | 10      | 2.6    | it may be heard a tenth of a second longer
   2.15-2.8@-70              | 1.6-2     |      | 10      | 2      | and no longer: that may be the next word
   THE NEXT WORD IS KNOWN: the last pause before it
   2-2.3@-70, 2.6-2.9@-70    | 1.6-2     | 2.9  | 10      | 2.75   | no other word can be missed
   2-3@-70                   | 1.6-2     | 2.5  | 10      | 2.35   | before it begins, however softly
   1.7-2.3@-70               | 1.6-2     | 2.3  | 10      | 2.1    | a pause that began before the last word may end counts from there
   1.3-1.7@-70, 1.9-1.95@-70 | 1.6-2     | 1.4  | 10      | 1.9    | it does not begin before the last word ends
   NO PAUSE: rather twice than never
                             | 1.6-2     |      | 10      | 2      | where all is as loud, at the end of the last word
   1.85-1.9@-40              | 1.6-2     |      | 10      | 1.85   | at the quietest moment
   1.85-1.9@-40              | 1.6-2     | 2.5  | 10      | 1.85   | before a known word, too
   2.05-2.1@-70              | 1.6-2     |      | 10      | 2      | a twentieth of a second is no pause
                             | 1.98-2    |      | 10      | 2      | at the end of a word shorter than any
   WHAT IS QUIET
   2-2.5@-40, 2.5-2.8@-70    | 1.6-2     | 2.8  | 10      | 2.65   | what is as quiet as it gets
   2-2.2@-64, 2.2-2.4@-70    | 1.6-2     |      | 10      | 2.2    | give or take 6 dB
   2-2.2@-63, 2.2-2.4@-70    | 1.6-2     |      | 10      | 2      | and no more
   0-2@-50, 2-2.8@-60        | 1.6-2     |      | 10      | 2      | and far below the voice: 10 dB are not
   0-2@-50, 2-2.8@-62        | 1.6-2     |      | 10      | 2.6    | 12 dB are
   1.5-1.7@-50, 2-2.8@-60    | 1.6-2     |      | 10      | 2.6    | the voice is as loud as its loudest moment
   2-9.95@-70, 9.95-10@-90   | 1.6-2     |      | 4       | 4      | but for one frame, such as the last, filled up with zeros
   2-2.8@-70, 5-5.05@-100    | 1.6-2     |      | 10      | 2.6    | or one that the recorder left out
   AUDIO THAT IS NO LONGER KEPT
   0-1.8@?, 2-2.8@-70        | 1.6-2     |      | 10      | 2.6    | some of the last word
   0-2@?, 2-2.8@-70          | 1.6-2     |      | 10      | 2.6    | all of it: how loud it was is not known
   0-3@?                     | 1.6-2     |      | 10      | 1.75   | all around it: where it may have ended
`,
);

function ms(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}

function levelsOf(sound: string) {
  const stretches = partsOf(sound).map((part) => {
    const [, from = '', to = '', level = ''] = /^([\d.]+)-([\d.]+)@(.+)$/.exec(part) ?? [];
    return { fromMs: ms(from), toMs: ms(to), db: level === '?' ? undefined : Number(level) };
  });
  return (frame: number) => {
    const atMs = frame * FRAME_MS;
    const stretch = stretches.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    return stretch ? stretch.db : -20;
  };
}

describe('where the audio is cut that is heard again', () => {
  for (const { sound, 'last word': word, next, arrived, 'cut at': at, title } of ROWS) {
    test(`${sound || 'loud'}, ${word}, ${next || 'unknown'}: ${title}`, () => {
      const [start = '', end = ''] = word.split('-');
      const cut = chooseCut({
        committed: { startMs: ms(start), endMs: ms(end) },
        nextStartMs: next === '' ? undefined : ms(next),
        arrived: ms(arrived) / FRAME_MS,
        sent: 200,
        levelOf: levelsOf(sound),
      });
      expect(cut * FRAME_MS).toBe(ms(at));
    });
  }

  test('never cuts before the committed word may have ended nor after the next one begins', () => {
    const times = fc.record({
      end: fc.nat(10_000),
      pause: fc.nat(5_000),
      arrived: fc.nat(400),
      seed: fc.nat(1_000),
    });
    fc.assert(
      fc.property(times, ({ end, pause, arrived, seed }) => {
        const cut = chooseCut({
          committed: { startMs: end - 400, endMs: end },
          nextStartMs: end + pause,
          arrived,
          sent: 400,
          levelOf: (number) => -((number * 7_919 + seed) % 83),
        });
        const cutMs = cut * FRAME_MS;
        expect(cutMs).toBeGreaterThan(end - 240 - 50);
        expect(cutMs).toBeLessThanOrEqual(end + pause);
      }),
    );
  });
});
