import { expect, test } from 'vitest';
import { Backlog, MOST_FRAMES } from '../../../src/core/audio/backlog.ts';

function setup(frames: number): Backlog {
  const backlog = new Backlog();
  for (let number = 0; number < frames; number += 1) backlog.push(Uint8Array.of(number % 256, 0));
  return backlog;
}

test('keeps frames by their number since the start', () => {
  const backlog = setup(5);
  backlog.forget(2);
  expect([backlog.first, backlog.end]).toEqual([2, 5]);
  expect(backlog.at(1)).toBeUndefined();
  expect(backlog.at(2)?.pcm[0]).toBe(2);
  expect(backlog.at(5)).toBeUndefined();
});

test('keeps thirty seconds and drops the oldest', () => {
  const backlog = setup(MOST_FRAMES + 3);
  expect([backlog.first, backlog.end]).toEqual([3, MOST_FRAMES + 3]);
});

test('forgets nothing twice and nothing that never was', () => {
  const backlog = setup(5);
  backlog.forget(3);
  backlog.forget(1);
  backlog.forget(99);
  expect([backlog.first, backlog.end]).toEqual([5, 5]);
});
