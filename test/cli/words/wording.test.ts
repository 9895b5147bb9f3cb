import { describe, expect, test } from 'vitest';
import { createWording } from '../../../src/cli/words/wording.ts';
import type { DictationEvent } from '../../../src/core/index.ts';
import { createReplacer } from '../../../src/text/index.ts';
import { finalEvent } from '../output/final-event.ts';

const COUNTDOWN: DictationEvent = { type: 'countdown', remainingMs: 2_000, reason: 'silence' };
const END: DictationEvent = {
  type: 'end',
  reason: 'silence',
  finals: 2,
  audioSeconds: 2,
  billedSeconds: 2,
  billedIsEstimate: false,
};

/** A filter that answers when the test says so. */
function setup() {
  const waiting: { readonly phrase: string; readonly answer: (text: string) => void }[] = [];
  const told: string[] = [];
  const wording = createWording({
    replace: createReplacer([['foo', 'bar']]),
    filter: {
      apply: (phrase) => new Promise((answer) => waiting.push({ phrase, answer })),
      close() {},
    },
    onEvent: (event) => told.push(event.type === 'final' ? event.text : event.type),
  });
  return { wording, waiting, told };
}

describe('the words that are told', () => {
  test('are replaced, then filtered, one phrase after the other and before the end', async () => {
    const { wording, waiting, told } = setup();
    for (const event of [finalEvent('A foo.'), finalEvent('Two.'), END]) wording.take(event);
    await new Promise(setImmediate);
    expect(waiting.map(({ phrase }) => phrase)).toEqual(['A bar.']);
    waiting[0]?.answer('A BAR.');
    await new Promise(setImmediate);
    expect(told).toEqual(['A BAR.']);
    waiting[1]?.answer('TWO.');
    await wording.told();
    expect(told).toEqual(['A BAR.', 'TWO.', 'end']);
  });

  test('a countdown does not wait for a filter', async () => {
    const { wording, waiting, told } = setup();
    wording.take(finalEvent('One.'));
    wording.take(COUNTDOWN);
    expect(told).toEqual(['countdown']);
    await new Promise(setImmediate);
    waiting[0]?.answer('One.');
    await wording.told();
    expect(told).toEqual(['countdown', 'One.']);
  });

  test('without a filter everything is told in the order it came', () => {
    const told: DictationEvent[] = [];
    const wording = createWording({
      replace: createReplacer([['foo', 'bar']]),
      filter: undefined,
      onEvent: (event) => told.push(event),
    });
    wording.take(COUNTDOWN);
    wording.take(finalEvent('Foo!'));
    wording.take(END);
    expect(told.map((event) => (event.type === 'final' ? event.text : event.type))).toEqual([
      'countdown',
      'bar!',
      'end',
    ]);
  });

  test('what telling them throws is heard of', async () => {
    const wording = createWording({
      replace: (heard) => heard,
      filter: { apply: async (phrase) => phrase, close() {} },
      onEvent() {
        throw new Error('the disk is full');
      },
    });
    wording.take(finalEvent('One.'));
    await expect(wording.told()).rejects.toThrow('the disk is full');
  });
});
