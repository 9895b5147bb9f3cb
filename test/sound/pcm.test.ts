import { expect, test } from 'vitest';
import { levelOf, SILENT_DB } from '../../src/sound/pcm.ts';

function square(peak: number): Uint8Array {
  const samples = Int16Array.from({ length: 800 }, (_, index) => (index % 2 === 0 ? peak : -peak));
  return new Uint8Array(samples.buffer);
}

test.each([
  [square(32_767), 0],
  [square(3_277), -20],
  [square(33), -60],
  [square(0), SILENT_DB],
  [new Uint8Array(), SILENT_DB],
  [new Uint8Array(1), SILENT_DB],
])('measures the level of a frame in dB below full scale', (frame, levelDb) => {
  expect(levelOf(frame)).toBeCloseTo(levelDb, 0);
});

test('reads frames that do not begin at an even address', () => {
  const bytes = new Uint8Array(1_601);
  bytes.set(square(3_277), 1);
  expect(levelOf(bytes.subarray(1))).toBeCloseTo(-20, 1);
});
