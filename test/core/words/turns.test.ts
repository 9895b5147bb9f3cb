import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FinalShape } from '../../../src/core/assemblyai/request.ts';
import {
  finalText,
  previewText,
  startTurns,
  stepTurns,
  type TurnsInput,
} from '../../../src/core/words/turns.ts';
import type { Turn } from '../../../src/protocol/index.ts';
import { partsOf, readTable } from '../../support/table.ts';

// Every final once and in order. A row is what one session sends. `0 hi` is a preview of turn 0, `0! Hi.`
// its final, `0~ hi` a final that is not formatted, `0? reason` one whose words the service withholds.
// `release`: no better copy will come. `still open` is what was shown of turns that are not finished.

const ROWS = readTable(
  'what comes                             | what is told                                                            | still open  | title',
  `
   ONE FINAL A TURN
                                          |                                                                         |             | nothing at first
   0 hi, 0 hi there, 0! Hi there.         | partial hi, partial hi there, final Hi there.                           |             | previews, each in the place of the one before, and the final
   0~ hi                                  | final hi                                                                |             | one that is not formatted is all there is
   0! A., 0! A., 0 a, 0! A!               | final A.                                                                |             | a final that is repeated, and whatever comes late for its turn
   0! No., 1! No.                         | final No., final No.                                                    |             | the same text again, because people repeat themselves
   0 uh, 0!, 0 uh                         | partial uh                                                              |             | an empty final inserts nothing and is done with its turn
   0! A., 1 and                           | final A., partial and                                                   | and         | a turn that is not finished
   0 a, 0 ab                              | partial a, partial ab                                                   | ab          | is open once
   0 half a, 1!, 0! Half a.               | partial half a, left half a                                             |             | a turn that a later one passes over is left as it is
   0 half a, 1 b, 1! B.                   | partial half a, partial b, left half a, final B.                        |             | before the later one is told
   0, 1! B.                               | partial , final B.                                                      |             | but nothing is left of one without words
   0 a, 1 b, 0! A., 1! B.                 | partial a, partial b, final A., final B.                                |             | a turn may be finished after the next has begun
   1 b, 0 a                               | partial b                                                               | b           | but not begin after it
   0 a, 1 b, 0 aa                         | partial a, partial b                                                    | a b         | nor go on
   release                                |                                                                         |             | nothing is held, so nothing is released
   THE SERVICE WITHHOLDS THE WORDS
   0? redacted                            | withheld redacted                                                       |             | it is told as such, never committed as empty words
   0 my number is, 0? redacted, 1! Next.  | partial my number is, left my number is, withheld redacted, final Next. |             | what was shown of it is left
   0 a, 1 b, 0? redacted                  | partial a, partial b, left a, withheld redacted                         | b           | what is shown of the next turn is not
   A FORMATTED COPY MAY FOLLOW
   copies, 0~ twenty dollars, 0! $20.     | partial twenty dollars, final $20.                                      |             | the final is held, and the copy comes in its place
   copies, 0 twenty, 0~ twenty            | partial twenty, partial twenty                                          | held twenty | what is held is finished
   copies, 0! Hi.                         | final Hi.                                                               |             | one that is formatted waits for nothing
   copies, 0~                             |                                                                         |             | nor does an empty one
   copies, 0~ hi, release, 0! Hi.         | partial hi, final hi                                                    |             | the copy does not come, or too late
   copies, 0~ one, 1 two, 1~ two, release | partial one, final one, partial two, partial two, final two             |             | the next turn releases it
   copies, 0~ hi, 0!                      | partial hi, final hi                                                    |             | an empty copy does not swallow the words
   copies, 0~ hi, 0 hi there              | partial hi                                                              | held hi     | a preview that comes late is not shown
   copies, 1~ b, 0! A.                    | partial b                                                               | held b      | nor does an earlier turn come after it
   copies, 1~ b, 0 a                      | partial b                                                               | held b      | not even as a preview
`,
);

function turnOf(text: string): Turn {
  const [, order, mark = '', said = ''] = /^(\d+)([!~?]?) ?(.*)$/.exec(text) ?? [];
  if (order === undefined) throw new Error(`"${text}" is no turn`);
  const turn = {
    order: Number(order),
    isFinal: mark !== '',
    isFormatted: mark === '!' || mark === '?',
    words: [],
  };
  return mark === '?' ? { ...turn, transcript: '', withheld: said } : { ...turn, transcript: said };
}

function run(comes: string) {
  const shape = comes.startsWith('copies') ? 'maybe-copied' : 'single';
  let state = startTurns(shape);
  const told: string[] = [];
  for (const each of partsOf(comes.replace('copies', ''))) {
    const input: TurnsInput =
      each === 'release' ? { kind: each } : { kind: 'turn', turn: turnOf(each) };
    const step = stepTurns(state, input);
    state = step.state;
    for (const output of step.outputs) {
      const what = output.kind === 'withheld' ? output.reason : finalText(output.turn);
      told.push(`${output.kind} ${what}`);
    }
  }
  const held = state.held ? [`held ${finalText(state.held)}`] : [];
  return { told: told.join(', '), open: [...held, ...state.open.map(finalText)].join(' ') };
}

describe('what is told of the turns', () => {
  for (const { 'what comes': comes, 'what is told': told, 'still open': open, title } of ROWS) {
    test(`${comes}: ${title}`, () => {
      expect(run(comes)).toEqual({ told, open });
    });
  }
});

test('every turn is committed at most once and in order, and none vanishes, whatever arrives', () => {
  const anyTurn = fc.record({
    order: fc.nat(5),
    transcript: fc.constantFrom('', 'a', 'b'),
    isFinal: fc.boolean(),
    isFormatted: fc.boolean(),
    words: fc.constant([]),
  });
  const inputs = fc.array(fc.oneof(anyTurn, fc.constant('release' as const)), { maxLength: 40 });
  fc.assert(
    fc.property(fc.constantFrom<FinalShape>('single', 'maybe-copied'), inputs, (shape, all) => {
      let state = startTurns(shape);
      const committed: number[] = [];
      const shown = new Set<number>();
      const takenBack = new Set<number>();
      for (const each of all) {
        const step = stepTurns(
          state,
          each === 'release' ? { kind: each } : { kind: 'turn', turn: each },
        );
        state = step.state;
        for (const output of step.outputs) {
          if (output.kind === 'final') committed.push(output.turn.order);
          if (output.kind === 'partial' && finalText(output.turn)) shown.add(output.turn.order);
          if (output.kind === 'left') shown.delete(output.turn.order);
        }
        if (each !== 'release' && !finalText(each)) takenBack.add(each.order);
      }
      const open = [...state.open, ...(state.held ? [state.held] : [])].map(({ order }) => order);
      const known = new Set([...committed, ...open, ...takenBack]);
      expect([...shown].filter((order) => !known.has(order))).toEqual([]);
      expect(committed).toEqual([...new Set(committed)].sort((a, b) => a - b));
    }),
  );
});

const word = (text: string) => ({ text, startMs: 0, endMs: 1, confidence: 1 });

const TEXTS = readTable(
  'transcript | words     | final     | shown, us | shown, pro | title',
  `
   Hi there.  | Hi there. | Hi there. | Hi there. | Hi there.  | all is settled
   go         | go for    | go        | go for    | go         | a US model has not settled the last word yet
              | so it is  | so it is  | so it is  | so it is   | words stand in for a transcript that is missing
   so it is   |           | so it is  | so it is  | so it is   | and the transcript for words that are
              | _         |           |           |            | blanks are no words
`,
);

describe('the text of a turn', () => {
  for (const row of TEXTS) {
    test(`"${row.transcript}" of "${row.words}": ${row.title}`, () => {
      const words = row.words
        .replace('_', '  ')
        .split(/(?<=\S) /)
        .filter(Boolean)
        .map(word);
      const transcript = ` ${row.transcript} `;
      const turn = { order: 0, isFinal: false, isFormatted: false, transcript, words };
      expect(finalText(turn)).toBe(row.final);
      expect(previewText(turn, 'us')).toBe(row['shown, us']);
      expect(previewText(turn, 'pro')).toBe(row['shown, pro']);
      expect(previewText({ ...turn, isFinal: true }, 'us')).toBe(row.final);
    });
  }
});
