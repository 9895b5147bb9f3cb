import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readLayers } from '../../src/cli/layers.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

/** A person's config file and environment, and what `lull` with these arguments then does. */
function setup(toml: string | undefined, variables: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lull-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (toml !== undefined) writeFileSync(join(folder, 'config.toml'), toml);
  const env = { LULL_CONFIG_DIR: folder, ...variables };
  return (...argv: readonly string[]) =>
    parseArguments(argv, { version: '', layers: () => readLayers(env) });
}

const dictate = (fields: object) => ({ kind: 'dictate', dictate: expect.objectContaining(fields) });

describe('the config file', () => {
  test('holds defaults for the options of a dictation, and arguments win', () => {
    const lull = setup('silence = 8 # patient\nlanguage = ["en", "de"]\nquiet = true\nmax = 60');
    expect(lull()).toEqual(
      dictate({
        options: { silenceSeconds: 8, maxSeconds: 60, languages: ['en', 'de'] },
        detail: 'quiet',
      }),
    );
    expect(lull('--silence', '3', '--language', 'fr', '--verbose')).toEqual(
      dictate({
        options: { silenceSeconds: 3, maxSeconds: 60, languages: ['fr'] },
        detail: 'verbose',
      }),
    );
  });

  test('gives way as a whole to an argument that contradicts it', () => {
    const lull = setup('engine = "local"\nformat = "json"\ndevice = "USB"\ntype = true');
    expect(lull('--region', 'eu', '--output', 'a.srt', '--to', 'tmux:1')).toEqual(
      dictate({
        service: { region: 'eu' },
        format: 'srt',
        audio: { kind: 'microphone', device: 'USB' },
        target: { kind: 'tmux', pane: '1' },
      }),
    );
    expect(lull('a.wav')).toEqual(dictate({ audio: { kind: 'file', path: 'a.wav' } }));
  });

  test('may hold what only matters together with an argument', () => {
    const lull = setup('append = true\nsubmit = "hang-up"\njoin = true\nrate = 8000');
    expect(lull('--json')).toEqual(
      dictate({ submit: 'never', layout: 'lines', audio: { kind: 'microphone' } }),
    );
    expect(lull('--type')).toEqual(dictate({ submit: 'hang-up', layout: 'paragraph' }));
  });

  test('serves the doctor and the engine as far as they have the options', () => {
    const lull = setup('model-dir = "m"\nsilence = 8\ndevice = "USB"');
    expect(lull('engine')).toEqual({ kind: 'engine', engine: { action: 'list', modelDir: 'm' } });
    expect(lull('serve')).toEqual({ kind: 'serve', modelDir: 'm' });
    expect(lull('doctor')).toEqual({
      kind: 'doctor',
      doctor: { service: { modelDir: 'm' }, device: 'USB', format: 'text', keyTrial: 'none' },
    });
    expect(lull('devices')).toEqual({ kind: 'devices', format: 'text' });
  });

  test.each([
    { toml: 'silense = 3', says: /config\.toml: Unknown option --silense; did you mean --silence/ },
    { toml: 'format = "xml"', says: /config\.toml: --format takes one of/ },
    { toml: 'a = 1\nb =', says: /config\.toml: line 2 is not valid TOML; write name = value/ },
    { toml: 'key = "0123456789abcdef"', says: /config\.toml: a key has no place here/ },
    { toml: '[limits]\nsilence = 3', says: /limits takes a text, a number, true or false/ },
    { toml: 'help = true', says: /help is no option/ },
  ])('refuses $toml and says where it stands', ({ toml, says }) => {
    const lull = setup(toml);
    expect(() => lull()).toThrow(says);
    expect(() => lull()).not.toThrow(/0123456789abcdef/);
  });

  test('does not keep the help or a login from working when it is broken', () => {
    const lull = setup('silense = 3');
    expect(lull('--help')).toMatchObject({ kind: 'print' });
    expect(lull('login')).toMatchObject({ kind: 'login' });
  });
});

describe('the environment', () => {
  test('wins over the file and gives way to an argument', () => {
    const lull = setup('device = "USB"\nlanguage = "en"', {
      LULL_DEVICE: 'Desk Microphone',
      LULL_LANGUAGE: 'de, fr',
    });
    expect(lull()).toEqual(
      dictate({
        audio: { kind: 'microphone', device: 'Desk Microphone' },
        options: { languages: ['de', 'fr'] },
      }),
    );
    expect(lull('--device', 'other')).toEqual(
      dictate({ audio: { kind: 'microphone', device: 'other' } }),
    );
  });

  test('names the variable that is wrong', () => {
    const lull = setup(undefined, { LULL_FORMAT: 'xml' });
    expect(() => lull()).toThrow(/^In LULL_FORMAT: --format takes one of/);
  });

  test('cannot say where audio or words go, or what is spent', () => {
    const lull = setup(undefined, {
      LULL_ENDPOINT: 'wss://elsewhere.test',
      LULL_MAX: '0',
      LULL_TO: 'tmux:1',
    });
    expect(lull()).toEqual(dictate({ service: {}, options: {} }));
  });
});
