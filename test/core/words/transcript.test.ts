import { expect, test } from 'vitest';
import { Origins } from '../../../src/core/words/transcript.ts';

test('places the words before and after what was left out where they were said', () => {
  const origins = new Origins(10_000);
  origins.skip(3_000, 500);
  origins.skip(4_000, 2_000);
  const times = [0, 2_900, 3_000, 3_100, 4_000, 5_000];
  expect(times.map((ms) => origins.toDictationMs(ms))).toEqual([
    10_000, 12_900, 13_000, 13_600, 14_500, 17_500,
  ]);
});
