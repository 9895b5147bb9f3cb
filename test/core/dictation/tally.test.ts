import { expect, test } from 'vitest';
import { findModel } from '../../../src/core/assemblyai/models.ts';
import { addBill, listPriceUsd, NOTHING_BILLED } from '../../../src/core/dictation/tally.ts';

const price = (name: string, seconds: number, keyterms = 0) => {
  const model = findModel(name);
  return model && listPriceUsd(model, seconds, keyterms);
};

test('prices a session by its open seconds', () => {
  expect(price('universal-3-6-pro', 3_600)).toBe(0.45);
  expect(price('universal-3-6-pro', 15)).toBe(0.001875);
  expect(price('universal-streaming-english', 3_600)).toBe(0.15);
});

test('adds keyterms where they cost', () => {
  expect(price('universal-streaming-english', 3_600, 2)).toBe(0.19);
  expect(price('universal-3-6-pro', 3_600, 2)).toBe(0.45);
});

test('adds sessions up, and one estimate makes the sum an estimate', () => {
  const told = { audioSeconds: 3, billedSeconds: 4, billedIsEstimate: false };
  const guessed = { audioSeconds: 1.05, billedSeconds: 1.2, billedIsEstimate: true };
  expect(addBill(addBill(NOTHING_BILLED, told), guessed)).toEqual({
    audioSeconds: 4.05,
    billedSeconds: 5.2,
    billedIsEstimate: true,
  });
});
