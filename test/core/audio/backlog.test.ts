import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backlog, FRAME_BYTES, Framer, MOST_FRAMES } from '../../../src/core/audio/backlog.ts';

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

test('frames of any chunking are the audio itself, each 50 ms, the last one padded with silence', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(chunks, (all) => {
      const framer = new Framer();
      const frames = all.flatMap((chunk) => framer.push(chunk));
      const tail = framer.flush();
      const audio = Buffer.concat(all);
      const whole = audio.subarray(0, audio.length - (audio.length % 2));
      const sent = Buffer.concat([...frames, ...(tail ? [tail] : [])]);

      expect(
        [...frames, ...(tail ? [tail] : [])].every(({ length }) => length === FRAME_BYTES),
      ).toBe(true);
      expect(sent.subarray(0, whole.length).equals(whole)).toBe(true);
      expect(sent.subarray(whole.length).every((byte) => byte === 0)).toBe(true);
      expect(sent.length - audio.length).toBeLessThan(FRAME_BYTES);
    }),
  );
});

test('has no tail when the audio ends with a whole frame', () => {
  const framer = new Framer();
  framer.push(new Uint8Array(FRAME_BYTES));
  expect(framer.flush()).toBeUndefined();
});
