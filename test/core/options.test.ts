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
    { model: 'a model' },
    { mode: 'slow' as 'balanced' },
    { languages: ['english'] },
    { languages: ['multi', 'de'] },
    { languages: Array.from({ length: 11 }, (_, index) => `${'abcdefghijk'[index]}x`) },
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

  test('sends a model that it does not know as it is, with a note', () => {
    const { settings, notes } = checkOptions({ model: 'universal-9-turbo' });
    expect(settings).toMatchObject({ model: { name: 'universal-9-turbo', family: 'unknown' } });
    expect(settings.mode).toBeUndefined();
    expect(notes.map(({ code }) => code)).toEqual(['unknown-model']);
  });

  test('hangs up on a pipe as on a microphone, because it may go on for ever', () => {
    const frame = { nameOf: (field: string) => field, audio: 'piped' } as const;
    expect(checkOptions({}, frame).settings).toMatchObject({
      silenceMs: 5_000,
      noSpeechMs: 10_000,
      maxMs: 1_800_000,
    });
  });

  test('hears a recording to its end unless a limit is asked for', () => {
    const frame = { nameOf: (field: string) => field, audio: 'stored' } as const;
    expect(checkOptions({}, frame).settings).toMatchObject({
      silenceMs: 0,
      noSpeechMs: 0,
      maxMs: 0,
    });
    expect(checkOptions({ silenceSeconds: 3 }, frame).settings.silenceMs).toBe(3_000);
  });

  test('names an option as the person wrote it', () => {
    const frame = { nameOf: (field: string) => `--${field}`, audio: 'live' } as const;
    expect(() => checkOptions({ silenceSeconds: -1 }, frame)).toThrow(
      '--silenceSeconds takes 0 to 10800 seconds; 0 switches it off',
    );
  });

  test('takes the language of the locale where none is named, and no region', () => {
    expect(checkOptions({ locale: 'de_AT.UTF-8' }).settings.languages).toEqual(['de']);
    expect(checkOptions({ locale: 'de', languages: ['multi'] }).settings.languages).toEqual([
      'multi',
    ]);
    expect(checkOptions({ languages: ['en-US', 'DE'] }).settings.languages).toEqual(['en', 'de']);
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
