import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn } from '../../../src/core/assemblyai/decode.ts';
import type { FinalShape } from '../../../src/core/assemblyai/request.ts';
import {
  finalText,
  previewText,
  startTurns,
  stepTurns,
  type TurnsInput,
} from '../../../src/core/words/turns.ts';

function turn(order: number, transcript: string, rest: Partial<Turn> = {}): Turn {
  return { order, transcript, isFinal: true, isFormatted: true, words: [], ...rest };
}

const partial = (order: number, text: string) => turn(order, text, { isFinal: false });
const raw = (order: number, text: string) => turn(order, text, { isFormatted: false });

function run(shape: FinalShape, ...inputs: readonly (Turn | 'release')[]) {
  let state = startTurns(shape);
  const said: string[] = [];
  for (const each of inputs) {
    const input: TurnsInput = each === 'release' ? { kind: each } : { kind: 'turn', turn: each };
    const step = stepTurns(state, input);
    state = step.state;
    for (const output of step.outputs) {
      said.push(
        output.kind === 'withheld'
          ? `withheld ${output.reason}`
          : `${output.kind} ${finalText(output.turn)}`,
      );
    }
  }
  return { state, said };
}

describe('a final whose words the service withholds', () => {
  const withheld = (order: number) => turn(order, '', { withheld: 'redaction failed' });

  test('is told as such, never committed as empty words', () => {
    expect(run('single', withheld(0)).said).toEqual(['withheld redaction failed']);
  });

  test('leaves what was shown of it', () => {
    const { said } = run('single', partial(0, 'my number is'), withheld(0), turn(1, 'Next.'));
    expect(said).toEqual([
      'partial my number is',
      'left my number is',
      'withheld redaction failed',
      'final Next.',
    ]);
  });
});

describe('a model with one final a turn', () => {
  test('previews partials and commits the final', () => {
    const { said } = run('single', partial(0, 'hi'), partial(0, 'hi there'), turn(0, 'Hi there.'));
    expect(said).toEqual(['partial hi', 'partial hi there', 'final Hi there.']);
  });

  test('ignores a repeated final and whatever comes late for its turn', () => {
    const { said } = run('single', turn(0, 'A.'), turn(0, 'A.'), partial(0, 'a'), turn(0, 'A!'));
    expect(said).toEqual(['final A.']);
  });

  test('commits the same text again when it is said again', () => {
    expect(run('single', turn(0, 'No.'), turn(1, 'No.')).said).toEqual(['final No.', 'final No.']);
  });

  test('inserts nothing for an empty final, and is done with its turn', () => {
    const { state, said } = run('single', partial(0, 'uh'), turn(0, '  '), partial(0, 'uh'));
    expect(said).toEqual(['partial uh']);
    expect(state).toEqual({ shape: 'single', lastCommitted: 0, open: [] });
  });

  test('takes the words where a final lacks its transcript', () => {
    const words = ['so', 'it', 'is'].map((text) => ({ text, startMs: 0, endMs: 1, confidence: 1 }));
    expect(run('single', turn(0, '', { words })).said).toEqual(['final so it is']);
  });

  test('remembers the turn still open', () => {
    const { state } = run('single', turn(0, 'A.'), partial(1, 'and'));
    expect(state.open.map(finalText)).toEqual(['and']);
  });

  test('leaves a turn that a later one passes over, and says so', () => {
    const { said } = run('single', partial(0, 'half a'), turn(1, ''), turn(0, 'Half a.'));
    expect(said).toEqual(['partial half a', 'left half a']);
    const { said: inOrder } = run('single', partial(0, 'half a'), partial(1, 'b'), turn(1, 'B.'));
    expect(inOrder).toEqual(['partial half a', 'partial b', 'left half a', 'final B.']);
  });

  test('still commits a turn that is finished after the next has begun', () => {
    const { said } = run('single', partial(0, 'a'), partial(1, 'b'), turn(0, 'A.'), turn(1, 'B.'));
    expect(said).toEqual(['partial a', 'partial b', 'final A.', 'final B.']);
  });
});

describe('a model that may send a formatted copy', () => {
  test('holds the unformatted final and commits the copy', () => {
    const { said } = run('maybe-copied', raw(0, 'twenty dollars'), turn(0, '$20.'));
    expect(said).toEqual(['partial twenty dollars', 'final $20.']);
  });

  test('commits a final that comes formatted at once', () => {
    expect(run('maybe-copied', turn(0, 'Hi.')).said).toEqual(['final Hi.']);
  });

  test('releases the held final when nothing better comes, and drops the late copy', () => {
    const { said } = run('maybe-copied', raw(0, 'hi'), 'release', turn(0, 'Hi.'));
    expect(said).toEqual(['partial hi', 'final hi']);
  });

  test('releases the held final before the next turn', () => {
    const { said } = run(
      'maybe-copied',
      raw(0, 'one'),
      partial(1, 'two'),
      raw(1, 'two'),
      'release',
    );
    expect(said).toEqual(['partial one', 'final one', 'partial two', 'partial two', 'final two']);
  });

  test('keeps the words when the copy is empty', () => {
    expect(run('maybe-copied', raw(0, 'hi'), turn(0, '')).said).toEqual(['partial hi', 'final hi']);
  });
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

test('shows the words a US model has not settled yet', () => {
  const words = ['go', 'for'].map((text) => ({ text, startMs: 0, endMs: 1, confidence: 1 }));
  const open = turn(0, 'go', { isFinal: false, words });
  expect(previewText(open, 'us')).toBe('go for');
  expect(previewText(open, 'pro')).toBe('go');
});
