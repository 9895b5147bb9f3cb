import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { DictationError } from '../../src/core/index.ts';

const parse = (...argv: readonly string[]) =>
  parseArguments(argv, { version: '1.2.3', layers: () => [] });

const PLAIN = {
  format: 'text',
  layout: 'lines',
  outputMode: 'replace',
  clipboard: 'untouched',
  submit: 'never',
  detail: 'normal',
} as const;

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
      ...PLAIN,
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
      ...PLAIN,
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
    { argv: ['-x'], says: 'Unknown option -x; lull --help lists the options' },
    { argv: ['-qx'], says: 'Unknown option -x; lull --help lists the options' },
    {
      argv: ['dictate', 'more'],
      says: 'Unexpected argument after lull; lull --help lists the options',
    },
    {
      argv: ['doctor', 'more'],
      says: 'Unexpected argument after lull doctor; lull doctor --help lists the options',
    },
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
    ['--type', '--to', 'tmux:1'],
    ['--submit', 'hang-up'],
    ['--append'],
    ['--append', '--output', 'a.srt'],
    ['--join', '--json'],
    ['a.wav', '--audio', 'b.wav'],
  ])('refuses what contradicts itself: %j', (...argv) => {
    expect(refusal(...argv)).toMatch(/^--/);
  });

  test.each([
    { word: 'dictat', says: 'Unknown command dictat; did you mean dictate?' },
    { word: 'device', says: 'Unknown command device; did you mean devices?' },
    { word: 'banana', says: 'Unknown command banana; lull --help lists the commands' },
  ])('answers $word with the command that was meant', ({ word, says }) => {
    expect(refusal(word)).toBe(says);
    expect(refusal('help', word)).toBe(says);
  });

  test.each(['talk.wav', './talk', 'sub/talk', 'C:\\talk.mp3'])(
    'plays the file of lull %s',
    (path) => {
      const options = ['--silence', '3'];
      expect(dictate(path, ...options)).toEqual(dictate('--audio', path, ...options));
      expect(dictate(...options, path)).toEqual(dictate('--audio', path, ...options));
    },
  );

  test('knows the short forms of five options', () => {
    expect(dictate('-q', '-o', 'x.txt')).toEqual(dictate('--quiet', '--output', 'x.txt'));
    expect(dictate('-v')).toEqual(dictate('--verbose'));
    expect(parse('-V')).toEqual(parse('--version'));
    expect(parse('-h')).toEqual(parse('--help'));
  });

  test.each([
    { path: 'a.srt', format: 'srt' },
    { path: 'a.VTT', format: 'vtt' },
    { path: 'a.json', format: 'json' },
    { path: 'a.md', format: 'text' },
  ])('writes the format that the ending of $path names', ({ path, format }) => {
    expect(dictate('--output', path)).toMatchObject({ format, outputPath: path });
    expect(dictate('--output', path, '--format', 'text').format).toBe('text');
  });

  test('takes - as standard output', () => {
    expect(dictate('--output', '-')).toEqual(dictate());
  });

  test('reads where the words go besides the output', () => {
    expect(dictate('--type', '--submit', 'phrase')).toMatchObject({
      target: { kind: 'focused-window' },
      submit: 'phrase',
    });
    expect(dictate('--to', 'tmux:work:0.1').target).toEqual({ kind: 'tmux', pane: 'work:0.1' });
    expect(refusal('--to', 'vim')).toMatch(/^--to takes tmux:<pane>/);
  });

  test('shows the help of one command', () => {
    expect(parse('help', 'doctor')).toEqual(parse('doctor', '--help'));
    const text = parse('help', 'doctor');
    expect(text.kind === 'print' && text.text).toMatch(/^Usage: lull doctor /);
  });

  test('lists devices as text or as JSON', () => {
    expect(parse('devices')).toEqual({ kind: 'devices', format: 'text' });
    expect(parse('devices', '--json')).toEqual({ kind: 'devices', format: 'json' });
  });

  test('tells the doctor which dictation has to work', () => {
    expect(parse('doctor', '--device', 'usb', '--region', 'eu', '--try-key', '--json')).toEqual({
      kind: 'doctor',
      doctor: {
        device: 'usb',
        service: { region: 'eu' },
        format: 'json',
        keyTrial: 'session',
      },
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
    expect(refusal('engine', 'fetch')).toBe(
      'What follows lull engine takes one of list, install, remove',
    );
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
