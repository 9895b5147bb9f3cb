import { describe, expect, test } from 'vitest';
import { renewKeyterms } from '../../../src/extension/words/keyterms-renewal.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

function setup() {
  const clock = new FakeClock();
  const told: (readonly string[])[] = [];
  let found: readonly string[] = ['one'];
  let looks = 0;
  let move = () => {};
  const renewal = renewKeyterms({
    clock,
    told: ['one'],
    watch(onMoved) {
      move = onMoved;
      return {
        dispose() {
          move = () => {};
        },
      };
    },
    async find() {
      looks += 1;
      return found;
    },
    tell: (keyterms) => told.push(keyterms),
  });
  return {
    ...{ renewal, told },
    looks: () => looks,
    move: () => move(),
    see(keyterms: readonly string[]) {
      found = keyterms;
    },
    async wait(ms: number) {
      clock.advance(ms);
      await new Promise(setImmediate);
    },
  };
}

describe('what the recogniser expects, as the person moves about', () => {
  test('is looked for at once, and told only where it is something else', async () => {
    const { wait, looks, told } = setup();
    await wait(0);
    expect([looks(), told]).toEqual([1, []]);
  });

  test('is told at most every ten seconds, however often the editor changes', async () => {
    const { wait, looks, told, move, see } = setup();
    await wait(0);
    see(['two']);
    for (let second = 0; second < 9; second += 1) {
      move();
      await wait(1_000);
    }
    expect([looks(), told]).toEqual([1, []]);
    await wait(1_000);
    expect([looks(), told]).toEqual([2, [['two']]]);
    await wait(60_000);
    expect(looks()).toBe(2);
    move();
    await wait(0);
    expect(looks()).toBe(3);
  });

  test('is not told any more after the end', async () => {
    const { renewal, wait, told, move, see } = setup();
    see(['two']);
    renewal.dispose();
    move();
    await wait(60_000);
    expect(told).toEqual([]);
  });
});
