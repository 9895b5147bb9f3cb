import { expect, test } from 'vitest';
import { decodeToMono } from '../../../src/host/audio-file/wav-samples.ts';

// Code words and their values from the tables of ITU-T G.711, scaled to 16 bits.
test.each([
  ['mu-law', 0xff, 0],
  ['mu-law', 0x80, 32_124],
  ['mu-law', 0x00, -32_124],
  ['mu-law', 0xf0, 120],
  ['a-law', 0xd5, 8],
  ['a-law', 0x55, -8],
  ['a-law', 0xaa, 32_256],
  ['a-law', 0x2a, -32_256],
  ['a-law', 0xc5, 264],
] as const)('%s code word %i is %i', (format, code, expected) => {
  const [sample] = decodeToMono(Uint8Array.of(code), { format, weights: [1] });
  expect((sample ?? Number.NaN) * 32_768).toBe(expected);
});
