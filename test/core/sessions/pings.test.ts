import { expect, test } from 'vitest';
import { Arrival } from '../../../src/core/sessions/pings.ts';

/** A ping at every second, each after 1,000 more bytes. */
function setup(pings: number) {
  const arrival = new Arrival();
  const marks = Array.from({ length: pings }, (_, index) =>
    arrival.pinged({ sentAtMs: index * 1_000, bytes: index * 1_000, terminate: 'not-sent' }),
  );
  return { arrival, marks };
}

test('knows what was sent before a ping that was answered, and nothing beyond', () => {
  const { arrival, marks } = setup(3);
  arrival.ponged(marks[1] ?? 0, 2_000);
  expect(arrival.bytes).toBe(1_000);
});

test('takes one answer for those that were left out before it', () => {
  const { arrival, marks } = setup(3);
  arrival.ponged(marks[2] ?? 0, 2_100);
  expect(arrival.isAnswering(60_000)).toBe(true);
});

test('ignores answers to what was never asked', () => {
  const { arrival } = setup(3);
  arrival.ponged(99, 2_000);
  arrival.ponged(Number.NaN, 2_000);
  expect(arrival.bytes).toBe(0);
});

test('suspects a link whose answer is late, but not a peer that never answers', () => {
  const { arrival, marks } = setup(3);
  expect(arrival.isAnswering(9_000)).toBe(true);
  arrival.ponged(marks[0] ?? 0, 100);
  expect(arrival.isAnswering(4_000)).toBe(true);
  expect(arrival.isAnswering(4_100)).toBe(false);
});

test('gives what came in a heap the time to become words', () => {
  const { arrival, marks } = setup(8);
  arrival.ponged(marks[1] ?? 0, 1_100);
  arrival.ponged(marks[7] ?? 0, 9_000);
  expect([arrival.isAnswering(10_900), arrival.settledBytes(10_900)]).toEqual([false, 1_000]);
  expect([arrival.isAnswering(11_000), arrival.settledBytes(11_000)]).toEqual([true, 7_000]);
});
