import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseCut } from '../../../src/core/audio/cut.ts';

const LOUD = -20;
const QUIET = -70;

/** Frames of 50 ms: loud but for the quiet ranges, in milliseconds. */
function levels(...quiet: readonly (readonly [fromMs: number, untilMs: number])[]) {
  return (number: number) =>
    quiet.some(([from, until]) => number * 50 >= from && number * 50 < until) ? QUIET : LOUD;
}

describe('chooseCut', () => {
  test('cuts in the pause between the committed word and the next one', () => {
    const cut = chooseCut({
      committedEndMs: 2_000,
      nextStartMs: 3_000,
      levelOf: levels([2_000, 2_800]),
    });
    expect(cut * 50).toBe(2_750);
  });

  test('allows for an end that was told up to 0.24 s late', () => {
    const cut = chooseCut({
      committedEndMs: 2_240,
      nextStartMs: undefined,
      levelOf: levels([2_000, 2_150]),
    });
    expect(cut * 50).toBe(2_100);
  });

  test('does not trust a start that was told before the committed end', () => {
    const cut = chooseCut({
      committedEndMs: 2_000,
      nextStartMs: 1_400,
      levelOf: levels([1_300, 1_700], [1_900, 1_950]),
    });
    expect(cut * 50).toBe(1_900);
  });

  test('never cuts before the committed word may have ended nor after the next one begins', () => {
    const times = fc.record({ end: fc.nat(20_000), pause: fc.nat(5_000), seed: fc.nat(1_000) });
    fc.assert(
      fc.property(times, ({ end, pause, seed }) => {
        const cut = chooseCut({
          committedEndMs: end,
          nextStartMs: end + pause,
          levelOf: (number) => -((number * 7_919 + seed) % 83),
        });
        expect(cut * 50).toBeGreaterThan(end - 240 - 50);
        expect(cut * 50).toBeLessThanOrEqual(end + pause);
      }),
    );
  });
});
