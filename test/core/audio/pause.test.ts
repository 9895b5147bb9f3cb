import { expect, test } from 'vitest';
import { isPauseBefore } from '../../../src/core/audio/pause.ts';

/** Frames of 50 ms: a quiet room, and a voice from one frame up to another. */
const room = (from: number, until: number) => (number: number) =>
  number < 0 ? undefined : number >= from && number < until ? -20 : -60;

test.each([
  { place: 'in the middle of a word', at: 105, isPause: false },
  { place: 'right after a word', at: 112, isPause: false },
  { place: 'a third of a second after it', at: 117, isPause: true },
  { place: 'before anything was said', at: 50, isPause: true },
])('$place is a pause: $isPause', ({ at, isPause }) => {
  expect(isPauseBefore(at, room(100, 110))).toBe(isPause);
});

test('somebody who speaks on without a quiet frame is not taken for the room', () => {
  expect(isPauseBefore(180, room(100, 200))).toBe(false);
});
