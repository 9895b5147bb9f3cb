import { describe, expect, test } from 'vitest';
import { checkOptions, type DictationOptions } from '../../src/core/options.ts';

describe('checkOptions', () => {
  test('has a default for everything', () => {
    const { settings, notes } = checkOptions({});
    expect(settings).toMatchObject({
      silenceMs: 5_000,
      noSpeechMs: 10_000,
      warningMs: 3_000,
      maxMs: 1_800_000,
      model: { name: 'universal-3-6-pro', family: 'pro' },
    });
    expect(notes).toEqual([]);
  });

  test.each<DictationOptions>([
    { silenceSeconds: -1 },
    { silenceSeconds: Number.NaN },
    { noSpeechSeconds: Number.POSITIVE_INFINITY },
    { warningSeconds: 61 },
    { maxSeconds: 1e9 },
    { model: 'universal-3-6-prO' },
    { languages: ['english'] },
    { languages: ['multi', 'de'] },
    { languages: Array.from({ length: 11 }, () => 'en') },
    { keyterms: Array.from({ length: 101 }, (_, index) => `term ${index}`) },
    { keyterms: ['x'.repeat(51)] },
  ])('refuses %j', (options) => {
    expect(() => checkOptions(options)).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });

  test('takes 0 as off', () => {
    expect(checkOptions({ silenceSeconds: 0, maxSeconds: 0 }).settings).toMatchObject({
      silenceMs: 0,
      maxMs: 0,
    });
  });

  test('names the models to choose from', () => {
    expect(() => checkOptions({ model: 'u3-pro' })).toThrow(/universal-3-6-pro, universal-3-5-pro/);
  });

  test('takes the model of the published recipe, with a note', () => {
    const { settings, notes } = checkOptions({ model: 'u3-rt-pro' });
    expect(settings.model.family).toBe('pro');
    expect(notes.map(({ code }) => code)).toEqual(['legacy-model']);
  });

  test('says when a model cannot be steered to a language', () => {
    const { notes } = checkOptions({ model: 'universal-streaming-english', languages: ['en'] });
    expect(notes.map(({ code }) => code)).toEqual(['languages-ignored']);
  });

  test('drops blank and repeated keyterms', () => {
    expect(checkOptions({ keyterms: ['Deno', ' ', 'Deno ', 'Bun'] }).settings.keyterms).toEqual([
      'Deno',
      'Bun',
    ]);
  });
});
