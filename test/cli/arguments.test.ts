import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { DictationError } from '../../src/core/index.ts';

const parse = (...argv: readonly string[]) => parseArguments(argv, '1.2.3');

function dictate(...argv: readonly string[]) {
  const invocation = parse(...argv);
  if (invocation.kind !== 'dictate') throw new Error(`parsed as ${invocation.kind}`);
  return invocation.dictate;
}

function refusal(...argv: readonly string[]): string {
  try {
    parse(...argv);
  } catch (error) {
    if (error instanceof DictationError && error.code === 'invalid-option') return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseArguments', () => {
  test('dictates from the microphone as text when nothing is said', () => {
    expect(dictate()).toEqual({
      audio: { kind: 'microphone' },
      options: {},
      service: {},
      format: 'text',
      detail: 'normal',
    });
  });

  test('takes dictate as the name of the default command', () => {
    expect(dictate('dictate', '--json')).toEqual(dictate('--json'));
  });

  test('reads every option of a dictation', () => {
    const limits = ['--silence', '5', '--no-speech', '1.5', '--warning', '0', '--max', '60'];
    const words = ['--language', 'en', 'de', '--language', 'fr', '--keyterm', 'Lull'];
    const service = ['--endpoint', 'wss://x.test', '--model', 'whisper-rt', '--keyterms', 'k.txt'];
    const output = ['--format', 'srt', '--output', 'o.srt', '--verbose'];
    expect(dictate('--audio', 'a.wav', ...limits, ...words, ...service, ...output)).toEqual({
      audio: { kind: 'file', path: 'a.wav' },
      options: {
        silenceSeconds: 5,
        noSpeechSeconds: 1.5,
        warningSeconds: 0,
        maxSeconds: 60,
        model: 'whisper-rt',
        languages: ['en', 'de', 'fr'],
        keyterms: ['Lull'],
      },
      keytermsPath: 'k.txt',
      service: { endpoint: 'wss://x.test' },
      format: 'srt',
      outputPath: 'o.srt',
      detail: 'verbose',
    });
  });

  test.each([
    { argv: ['--audio', '-'], audio: { kind: 'standard-input', sampleRateHz: 16_000 } },
    {
      argv: ['--audio', '-', '--rate', '8000'],
      audio: { kind: 'standard-input', sampleRateHz: 8_000 },
    },
    { argv: ['--audio', 'mic', '--device', 'USB'], audio: { kind: 'microphone', device: 'USB' } },
  ])('understands $argv as where the audio comes from', ({ argv, audio }) => {
    expect(dictate(...argv).audio).toEqual(audio);
  });

  test.each(['abc', '-1', '', '0x10', '1e3', ' 5', 'Infinity', '--json'])(
    'leaves %o for the check of seconds to refuse',
    (text) => {
      expect(dictate('--silence', text).options.silenceSeconds).toBeNaN();
    },
  );

  test.each([
    { argv: ['--silense', '3'], says: 'Unknown option --silense; did you mean --silence?' },
    { argv: ['--qqqqq'], says: 'Unknown option --qqqqq; lull --help lists the options' },
    { argv: ['--audio'], says: '--audio needs a value; lull --help lists the options' },
    { argv: ['--output', ''], says: '--output needs a value' },
    { argv: ['--format', 'xml'], says: '--format takes one of text, json, srt, vtt' },
    { argv: ['serve', '--port', '70000'], says: '--port takes a whole number from 0 to 65535' },
    { argv: ['dictate', 'more'], says: 'A command takes options only; lull --help lists them' },
  ])('refuses $argv with a sentence', ({ argv, says }) => {
    expect(refusal(...argv)).toBe(says);
  });

  test.each([
    ['--engine', 'local', '--endpoint', 'wss://x.test'],
    ['--engine', 'local', '--region', 'eu'],
    ['--endpoint', 'wss://x.test', '--region', 'eu'],
    ['--json', '--format', 'srt'],
    ['--quiet', '--verbose'],
    ['--audio', 'a.wav', '--rate', '8000'],
    ['--audio', 'a.wav', '--device', 'USB'],
    ['--audio', 'a.wav', '--output', './a.wav'],
  ])('refuses what contradicts itself: %s %s %s %s', (...argv) => {
    expect(refusal(...argv)).toMatch(/^--/);
  });

  test('names the commands there are when a word is none of them', () => {
    expect(refusal('device')).toBe(
      'Unknown command device; the commands are dictate, devices, doctor, serve, login, logout, engine, and lull --help explains them',
    );
  });

  test('lists devices as text or as JSON', () => {
    expect(parse('devices')).toEqual({ kind: 'devices', format: 'text' });
    expect(parse('devices', '--json')).toEqual({ kind: 'devices', format: 'json' });
  });

  test('tells the doctor which dictation has to work', () => {
    expect(parse('doctor', '--device', 'usb', '--region', 'eu', '--json')).toEqual({
      kind: 'doctor',
      doctor: { device: 'usb', service: { region: 'eu' }, format: 'json' },
    });
    expect(refusal('doctor', '--engine', 'local', '--region', 'eu')).toMatch(/leave out/);
  });

  test.each([
    { argv: ['--key=0123456789abcdef'] },
    { argv: ['0123456789abcdef'] },
    { argv: ['--port', '0123456789abcdef'] },
    { argv: ['serve', '--port', '0123456789abcdef'] },
    { argv: ['login', '0123456789abcdef'] },
  ])('repeats nothing that could be a key: $argv', ({ argv }) => {
    expect(refusal(...argv)).not.toContain('0123456789abcdef');
  });

  test('reads the options of the other commands', () => {
    expect(parse('serve', '--port', '0', '--model-dir', 'm')).toEqual({
      kind: 'serve',
      port: 0,
      modelDir: 'm',
    });
    expect(parse('engine')).toEqual({ kind: 'engine', engine: { action: 'list' } });
    expect(parse('engine', 'install', 'm', '--from', 'https://x.test', '--yes')).toEqual({
      kind: 'engine',
      engine: {
        action: 'install',
        wish: { name: 'm', mirror: 'https://x.test' },
        isAgreed: true,
      },
    });
    expect(parse('engine', 'remove', 'm')).toMatchObject({
      engine: { action: 'remove', name: 'm' },
    });
    expect(refusal('engine', 'remove')).toContain('needs the name of a model');
    expect(refusal('engine', 'fetch')).toContain('takes list, install or remove');
    expect(parse('login')).toEqual({ kind: 'login' });
    expect(parse('logout')).toEqual({ kind: 'logout' });
  });

  test('prints the version', () => {
    expect(parse('--version')).toEqual({ kind: 'print', text: '1.2.3\n' });
  });

  test.each([['--help'], ['help'], ['dictate', '--help']])(
    'explains itself on %s %s',
    (...argv) => {
      const help = parse(...argv);
      const text = help.kind === 'print' ? help.text : '';
      for (const part of ['lull serve', '--no-speech <s>', 'Examples:', 'Exit codes:', '130']) {
        expect(text).toContain(part);
      }
    },
  );
});
