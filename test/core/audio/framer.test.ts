import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME_BYTES, Framer } from '../../../src/core/audio/framer.ts';

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
