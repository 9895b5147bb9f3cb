import { describe, expect, test } from 'vitest';
import type { Turn } from '../../../src/core/assemblyai/decode.ts';
import { type Heard, noticeWords, type WordsSeen } from '../../../src/core/words/new-words.ts';

/** `said` is the text, `endMs` the end of its last word; without it the turn has no word times. */
function turn(said: string, endMs?: number, rest: Partial<Turn> = {}): Turn {
  const texts = said.split(' ').filter(Boolean);
  const words =
    endMs === undefined
      ? []
      : texts.map((text, index) => ({
          text,
          startMs: 0,
          endMs: endMs - (texts.length - 1 - index) * 100,
          confidence: 1,
        }));
  return { order: 0, isFinal: false, isFormatted: false, transcript: said, words, ...rest };
}

function hear(...turns: readonly Turn[]): Heard[] {
  let seen: WordsSeen | undefined;
  return turns.map((each) => {
    const step = noticeWords(seen, each);
    seen = step.seen;
    return step.heard;
  });
}

const NOTHING = { kind: 'nothing-new' };
const final = { isFinal: true, isFormatted: true };

describe('noticeWords', () => {
  test('takes the first words of a turn and its further words as new', () => {
    expect(hear(turn('hello', 500), turn('hello world', 900))).toEqual([
      { kind: 'speech', endMs: 500 },
      { kind: 'speech', endMs: 900 },
    ]);
  });

  test('takes the same words in a new turn as new, because people repeat themselves', () => {
    const again = turn('no', 2_000, { order: 1, ...final });
    expect(hear(turn('no', 500, final), again)[1]).toEqual({ kind: 'speech', endMs: 2_000 });
  });

  test.each([
    ['a repeated partial', turn('hello world', 900)],
    ['a formatted copy', turn('Hello, world!', 900, final)],
    ['a rewrite that ends no later', turn('hello word', 900)],
    ['an empty turn', turn('', undefined)],
    ['a repetition whose word times run away', turn('hello world', 9_000)],
  ])('takes %s for nothing new', (_, copy) => {
    expect(hear(turn('hello world', 900), copy)[1]).toEqual(NOTHING);
  });

  test('takes whatever follows the final of its turn for nothing new', () => {
    expect(hear(turn('twenty', 900, final), turn('$20.', 1_100, final))[1]).toEqual(NOTHING);
  });

  test('takes an earlier turn for nothing new', () => {
    expect(hear(turn('b', 900, { order: 3 }), turn('late', 950, { order: 2 }))[1]).toEqual(NOTHING);
  });

  test('follows a final that puts the end of the same words a little later', () => {
    expect(hear(turn('hello', 900), turn('Hello.', 1_140, final))[1]).toEqual({
      kind: 'speech-refined',
      endMs: 1_140,
    });
  });

  test('goes by the length of the text where the turns carry no word times', () => {
    expect(hear(turn('hello'), turn('hello world'), turn('hello word'))).toEqual([
      { kind: 'speech' },
      { kind: 'speech' },
      NOTHING,
    ]);
  });
});
