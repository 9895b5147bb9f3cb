import { describe, expect, test } from 'vitest';
import { findModel, languageOf, listPriceUsd } from '../../src/protocol/models.ts';

describe('the price of a session', () => {
  test.each([
    ['universal-3-6-pro', 3_600, 0, 0.45],
    ['universal-3-6-pro', 15, 0, 0.001875],
    ['universal-3-6-pro', 3_600, 2, 0.45],
    ['universal-streaming-english', 3_600, 0, 0.15],
    ['universal-streaming-english', 3_600, 2, 0.19],
    ['universal-3-6', 3_600, 0, undefined],
    ['universal-9-turbo', 3_600, 0, undefined],
  ])('on %s, open for %d s with %d keyterms, is %s dollars', (model, seconds, keyterms, usd) => {
    expect(listPriceUsd(model, { seconds, keyterms })).toBe(usd);
  });
});

test('a model that nobody knows is taken as it is', () => {
  expect(findModel('universal-9-turbo')).toMatchObject({
    name: 'universal-9-turbo',
    family: 'unknown',
  });
});

describe('the language of a locale', () => {
  test.each([
    ['de_DE.UTF-8', 'universal-3-6-pro', 'de'],
    ['en-US', 'universal-3-6-pro', 'en'],
    ['pt_BR', 'universal-3-5-pro', 'pt'],
    ['tr', 'universal-3-6-pro', 'tr'],
    ['tr', 'universal-3-5-pro', undefined],
    ['C.UTF-8', 'universal-3-6-pro', undefined],
    ['POSIX', 'universal-3-6-pro', undefined],
    ['', 'universal-3-6-pro', undefined],
    ['eo', 'universal-3-6-pro', undefined],
    ['en', 'universal-streaming-english', undefined],
    ['en', 'universal-9-turbo', undefined],
  ])('%j on %s is %s', (locale, model, language) => {
    expect(languageOf(locale, findModel(model))).toBe(language);
  });
});
