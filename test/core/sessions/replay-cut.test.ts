import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CutRequest, chooseCut } from '../../../src/core/sessions/replay-cut.ts';

const LOUD = -20;
const QUIET = -70;

/** Frames of 50 ms: loud but for the quiet ranges, in milliseconds. */
function levels(...quiet: readonly (readonly [fromMs: number, untilMs: number])[]) {
  return (number: number) =>
    quiet.some(([from, until]) => number * 50 >= from && number * 50 < until) ? QUIET : LOUD;
}

/** Where the replay begins, in milliseconds, after a word that was told to end at `endMs`. */
function cutAfter(endMs: number, request: Partial<CutRequest>): number {
  const cut = chooseCut({
    committed: { startMs: endMs - 400, endMs },
    nextStartMs: undefined,
    arrived: 200,
    sent: 200,
    levelOf: levels(),
    ...request,
  });
  return cut * 50;
}

describe('chooseCut', () => {
  test('cuts in the pause after the committed word, shortly before the next one', () => {
    const cutMs = cutAfter(2_000, { levelOf: levels([2_000, 2_800]) });
    expect(cutMs).toBeGreaterThanOrEqual(2_550);
    expect(cutMs).toBeLessThan(2_800);
  });

  test('allows for an end that was told up to 0.24 s late', () => {
    const cutMs = cutAfter(2_240, { levelOf: levels([2_000, 2_150]) });
    expect(cutMs).toBeGreaterThanOrEqual(2_000);
    expect(cutMs).toBeLessThan(2_150);
  });

  test('does not miss a short word that began while the last one was told to end', () => {
    const cutMs = cutAfter(2_240, { levelOf: levels([2_000, 2_150], [2_300, 9_000]) });
    expect(cutMs).toBeLessThan(2_150);
  });

  test('does not take the gap before a short committed word for the one after it', () => {
    const cutMs = cutAfter(2_000, {
      committed: { startMs: 1_850, endMs: 2_000 },
      levelOf: levels([1_760, 1_850], [2_000, 2_500]),
    });
    expect(cutMs).toBeGreaterThanOrEqual(2_000);
  });

  test('does not trust a start that was told before the committed end', () => {
    const cutMs = cutAfter(2_000, {
      nextStartMs: 1_400,
      levelOf: levels([1_300, 1_700], [1_900, 1_950]),
    });
    expect(cutMs).toBe(1_900);
  });

  test('repeats rather than misses where the speaker left no pause', () => {
    const cutMs = cutAfter(2_000, { levelOf: levels([2_100, 2_150]) });
    expect(cutMs).toBeLessThanOrEqual(2_000);
  });

  test('passes over a long silence that surely arrived, and replays one that may not have', () => {
    const silence = { levelOf: levels([2_000, 9_000]) };
    expect(cutAfter(2_000, silence)).toBeGreaterThan(8_500);
    expect(cutAfter(2_000, { ...silence, arrived: 80 })).toBe(80 * 50);
  });

  test('never cuts before the committed word may have ended nor after the next one begins', () => {
    const times = fc.record({
      end: fc.nat(10_000),
      pause: fc.nat(5_000),
      arrived: fc.nat(400),
      seed: fc.nat(1_000),
    });
    fc.assert(
      fc.property(times, ({ end, pause, arrived, seed }) => {
        const cutMs = cutAfter(end, {
          nextStartMs: end + pause,
          arrived,
          sent: 400,
          levelOf: (number) => -((number * 7_919 + seed) % 83),
        });
        expect(cutMs).toBeGreaterThan(end - 240 - 50);
        expect(cutMs).toBeLessThanOrEqual(end + pause);
      }),
    );
  });
});
