import { expect, test } from 'vitest';
import { TurnWriter } from '../../../src/engine/session/turn-writer.ts';
import { heardWords } from '../support/scripted-recognizers.ts';

const MODEL = { name: 'universal-3-6-pro', family: 'pro' } as const;
const PRO = { model: MODEL, partials: 'sent', finals: 'plain' } as const;

test('a preview that came to nothing is closed by an empty final', () => {
  const writer = new TurnWriter();
  writer.partial(['uh'], 800, PRO);

  expect(writer.final([], PRO)).toMatchObject([{ turn_order: 0, transcript: '', words: [] }]);
});

test('silence that was never shown as words makes no turn', () => {
  const writer = new TurnWriter();

  expect(writer.final([], PRO)).toEqual([]);
  expect(writer.final(heardWords('hello'), PRO)).toMatchObject([{ turn_order: 0 }]);
});

test('speech starts once a turn', () => {
  const writer = new TurnWriter();
  const typesOf = (words: readonly string[]) =>
    writer.partial(words, 800, PRO).map(({ type }) => type);

  expect(typesOf(['one'])).toEqual(['SpeechStarted', 'Turn']);
  expect(typesOf(['one', 'two'])).toEqual(['Turn']);
  writer.final(heardWords('one two'), PRO);
  expect(typesOf(['three'])).toEqual(['SpeechStarted', 'Turn']);
});
