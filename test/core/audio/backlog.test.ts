import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backlog, FRAME_BYTES, MOST_FRAMES } from '../../../src/core/audio/backlog.ts';

const unheard = () => {};

/** Frames whose first byte is their number. */
function setup(frames: number): Backlog {
  const backlog = new Backlog();
  for (let number = 0; number < frames; number += 1) {
    const pcm = new Uint8Array(FRAME_BYTES);
    pcm[0] = number % 256;
    backlog.push(pcm, unheard);
  }
  return backlog;
}

/** The numbers that the frames it keeps carry. */
function kept(backlog: Backlog): readonly (number | undefined)[] {
  const numbers = Array.from({ length: backlog.end + 1 }, (_, number) => number);
  return numbers.map((number) => backlog.pcm(number)?.[0]);
}

describe('Backlog', () => {
  test('keeps frames by their number since the start', () => {
    const backlog = setup(5);
    backlog.forget(2);
    expect([backlog.first, backlog.end]).toEqual([2, 5]);
    expect(kept(backlog)).toEqual([undefined, undefined, 2, 3, 4, undefined]);
  });

  test('knows how loud each frame is that it keeps', () => {
    const backlog = new Backlog();
    const told: number[] = [];
    for (const peak of [0, 3_277, 32_767]) {
      const samples = new Int16Array(FRAME_BYTES / 2).fill(peak);
      backlog.push(new Uint8Array(samples.buffer), (levelDb) => told.push(Math.round(levelDb)));
    }
    backlog.forget(1);
    const levels = [0, 1, 2, 3].map((number) => backlog.level(number));
    expect(levels.map((levelDb) => levelDb && Math.round(levelDb))).toEqual([
      undefined,
      -20,
      -0,
      undefined,
    ]);
    expect(told).toEqual([-100, -20, -0]);
  });

  test('keeps thirty seconds and drops the oldest', () => {
    const backlog = setup(MOST_FRAMES + 3);
    expect([backlog.first, backlog.end]).toEqual([3, MOST_FRAMES + 3]);
    expect([backlog.pcm(2), backlog.pcm(3)?.[0]]).toEqual([undefined, 3]);
  });

  test('forgets nothing twice and nothing that never was', () => {
    const backlog = setup(5);
    backlog.forget(3);
    backlog.forget(1);
    backlog.forget(99);
    expect([backlog.first, backlog.end]).toEqual([5, 5]);
  });

  test('finds every frame again, whatever was forgotten before and between', () => {
    const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(60)), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (all) => {
        const backlog = new Backlog();
        for (const [pushed, forgotten] of all) {
          for (let count = 0; count < pushed; count += 1) {
            const pcm = new Uint8Array(FRAME_BYTES).fill(backlog.end % 256);
            backlog.push(pcm.subarray(0, 700), unheard);
            backlog.push(pcm.subarray(700), unheard);
          }
          backlog.forget(backlog.first + forgotten);
          const expected = Array.from({ length: backlog.end + 1 }, (_, number) =>
            number < backlog.first || number === backlog.end ? undefined : number % 256,
          );
          expect(kept(backlog)).toEqual(expected);
        }
      }),
    );
  });

  test('cuts audio of any chunking into frames of 50 ms, the last one padded with silence', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 5_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(chunks, (all) => {
        const backlog = new Backlog();
        let told = 0;
        const onFrame = () => {
          told += 1;
        };
        for (const chunk of all) backlog.push(chunk, onFrame);
        backlog.flush(onFrame);
        const audio = Buffer.concat(all);
        const whole = audio.subarray(0, audio.length - (audio.length % 2));
        const frames = Array.from({ length: backlog.end }, (_, number) => backlog.pcm(number));
        const sent = Buffer.concat(frames.map((frame) => frame ?? new Uint8Array()));

        expect(told).toBe(Math.ceil(audio.length / FRAME_BYTES));
        expect(sent.length).toBe(told * FRAME_BYTES);
        expect(sent.subarray(0, whole.length).equals(whole)).toBe(true);
        expect(sent.subarray(whole.length).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });

  test('has no tail when the audio ends with a whole frame', () => {
    const backlog = setup(1);
    backlog.flush(unheard);
    expect(backlog.end).toBe(1);
  });
});
