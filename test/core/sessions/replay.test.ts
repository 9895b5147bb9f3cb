import { describe, expect, test } from 'vitest';
import { Backlog, FRAME_BYTES, FRAME_MS } from '../../../src/core/audio/backlog.ts';
import { Replay } from '../../../src/core/sessions/replay.ts';
import { partsOf, readTable } from '../../support/table.ts';

// What a new session hears again. Times are seconds of the dictation's audio, 20 s of which were
// captured; `2.6-3` is a word, or a stretch.

const SPEECH = 6_000;
const SECONDS = 20;

/** Speech, but for what is quiet. */
function setup(quiet: string) {
  const backlog = new Backlog();
  const stretches = partsOf(quiet).map(spanOf);
  for (let atMs = 0; atMs < SECONDS * 1_000; atMs += FRAME_MS) {
    const isQuiet = stretches.some((span) => span && atMs >= span.startMs && atMs < span.endMs);
    const samples = new Int16Array(FRAME_BYTES / 2).fill(isQuiet ? 1 : SPEECH);
    backlog.push(new Uint8Array(samples.buffer), () => {});
  }
  return { backlog, replay: new Replay(backlog) };
}

function ms(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}

function spanOf(text: string) {
  const [start, end] = text.split('-');
  if (!start || !end) return undefined;
  return { startMs: ms(start), endMs: ms(end) };
}

const FINALS = readTable(
  'finals       | sent | become text up to | kept from | title',
  `
   3.6-4        | 6    | 4                 | 3.5       | up to the end of the last word; audio is kept from half a second before
   3.6-6.9      | 6    | 6                 | 5.5       | no word ends after what was sent
   -            | 6    | 5.58              | 5.05      | a final without word times comes 0.42 s after its words
   -            | 0.1  | 0                 | 0         | but no words come before the first sample
   5-5.5, 4-4.5 | 9    | 5.5               | 5         | it never goes back
   5-5.5, -     | 5.6  | 5.5               | 5         | nor where words carry no times
`,
);

describe('how much of the audio has become text', () => {
  for (const { finals, sent, 'become text up to': upTo, 'kept from': kept, title } of FINALS) {
    test(`${finals} of ${sent} s: ${title}`, () => {
      const { backlog, replay } = setup('');
      for (const final of partsOf(finals)) replay.committed(spanOf(final), ms(sent));
      expect(replay.committedMs).toBe(ms(upTo));
      expect(backlog.first * FRAME_MS).toBe(ms(kept));
    });
  }

  test('a preview tells further, until a final takes its place', () => {
    const { replay } = setup('');
    expect([replay.toldMs, replay.previewEndMs]).toEqual([0, 0]);
    replay.opened({ startMs: 1_000, endMs: 3_000 });
    replay.opened({ startMs: 1_000, endMs: 2_800 });
    replay.opened(undefined);
    expect([replay.committedMs, replay.toldMs, replay.previewEndMs]).toEqual([0, 3_000, 2_800]);
    replay.committed({ startMs: 2_400, endMs: 2_700 }, 9_000);
    expect([replay.committedMs, replay.toldMs]).toEqual([2_700, 2_700]);
  });
});

const RESTARTS = readTable(
  'quiet          | last final | open turn | arrived | last voice | kept from | sent | starts at | title',
  `
   NOTHING BECAME TEXT YET
   0-20           |            |           | 0       | 0          |           | 10   | 0         | nothing is known to have arrived: from the first sample
   0-20           |            |           | 9       | 0          |           | 10   | 9         | quiet that arrived needs no hearing
   0-20           |            |           | 9, 8    | 0          |           | 10   | 9         | nor where a later session got less far
   A TURN IS OPEN: what came before it has arrived
   3-6            | 2.6-3      | 6-7       | 0       | 7          |           | 10   | 5.8       | from shortly before it
   3-6            | 2.6-3      | 6-7 6.5-7 | 0       | 7          |           | 10   | 5.8       | also where a later preview begins later
   3-6, 7-9       | 6.6-7      | 9-9.5     | 9.5     | 9          |           | 10   | 8.8       | nothing before it is heard twice
   NO TURN IS OPEN: any word after the last one may be missing
   3-6            | 2.6-3      |           | 3.4     | 3          |           | 10   | 3.4       | what is not known to have arrived is heard again
   3-10           | 2.6-3      |           | 9       | 3          |           | 10   | 9         | quiet that arrived is not
   3-20           | 2.6-3      |           | 9       | 3          |           | 4    | 3.8       | never later than what was sent, and a little before: the next word may begin softly
   2.75-2.85, 3-6 | 2.85-3     |           | 5       | 3          |           | 10   | 5         | the pause before a short last word is not the one after it
   AUDIO THAT IS NO LONGER KEPT
                  |            |           | 7       | 7          | 5         | 10   | 2         | is asked for, so that what is missing is told: words may come 5 s late
   0-20           |            |           | 15      | 10.05      | 12        | 18   | 10        | counted from where a voice was last heard
   0-20           |            |           | 15      | 10         | 12        | 18   | 15        | a voice longer ago has had its words, and quiet needs no hearing
   0-20           |            |           | 15      | 0          | 14.5      | 18   | 14        | but the last second may hold a soft beginning
   0-20           |            |           | 15      | 14         | 10        | 18   | 15        | what is kept from just there is enough
   0-20           |            | 6-7       | 15      | 7          | 8         | 18   | 6         | a turn that was open is asked for from its beginning
   8-8.6          | 2.6-3      | 8.6-9.5   | 0       | 9          | 8         | 10   | 8.4       | where the last word is no longer kept, the oldest audio takes its place
   0-20           |            |           | 15      | 14         | 12        | 9    | 9         | never later than what was sent
`,
);

describe('where a new session starts', () => {
  for (const row of RESTARTS) {
    test(`${row['starts at']} s: ${row.title}`, () => {
      const { backlog, replay } = setup(row.quiet);
      if (row['last final']) replay.committed(spanOf(row['last final']), SECONDS * 1_000);
      for (const preview of row['open turn'].split(' ')) replay.opened(spanOf(preview));
      for (const arrived of partsOf(row.arrived)) replay.lost(ms(arrived));
      if (row['kept from']) backlog.forget(ms(row['kept from']) / FRAME_MS);
      const from = replay.restart(ms(row.sent) / FRAME_MS, ms(row['last voice']));
      expect(from * FRAME_MS).toBe(ms(row['starts at']));
    });
  }
});
