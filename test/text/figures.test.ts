import { expect, test } from 'vitest';
import { elapsed, playTime, showPrice } from '../../src/text/index.ts';

test.each([
  [0, '0:00'],
  [12_400, '0:12'],
  [59_600, '1:00'],
  [3_599_000, '59:59'],
  [3_723_000, '1:02:03'],
])('%d ms are shown as %s', (ms, shown) => {
  expect(playTime(ms)).toBe(shown);
});

test('a second counts when it is over, where a clock runs', () => {
  expect([999, 1_000, 59_999].map(elapsed)).toEqual(['0:00', '0:01', '0:59']);
});

test.each([
  [0.00009, undefined],
  [0.0001, '$0.0001'],
  [0.00187, '$0.0019'],
  [0.99996, '$1.0000'],
  [12.345, '$12.35'],
])('%d dollars are shown as %s', (usd, shown) => {
  expect(showPrice(usd)).toBe(shown);
});
