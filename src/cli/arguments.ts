import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DictationError, type DictationOptions } from '../core/index.ts';
import {
  COMMANDS,
  type DevicesFlags,
  type DictateFlags,
  type DoctorFlags,
  type EngineFlags,
  type LoginFlags,
  runParser,
  type ServeFlags,
} from './command-line.ts';
import type { OutputFormat } from './output/format.ts';

/** `mic`, `-` for raw PCM on standard input, or the path of a WAV file. */
export type AudioChoice =
  | { readonly kind: 'microphone'; readonly device?: string }
  | { readonly kind: 'standard-input'; readonly sampleRateHz: number }
  | { readonly kind: 'file'; readonly path: string };

export interface DictateArguments {
  readonly audio: AudioChoice;
  /** As given; `checkOptions` judges them. */
  readonly options: DictationOptions;
  readonly keytermsPath?: string;
  readonly service: ServiceChoice;
  readonly format: OutputFormat;
  readonly outputPath?: string;
  readonly detail: Detail;
}

/** Who is to recognise, as far as the command line says. */
export interface ServiceChoice {
  readonly engine?: 'assemblyai' | 'local';
  readonly endpoint?: string;
  readonly region?: 'us' | 'eu';
  readonly modelDir?: string;
}

export interface DoctorArguments {
  readonly service: ServiceChoice;
  readonly device?: string;
  readonly format: 'text' | 'json';
}

/** What is to be done with the offline recogniser's models. */
export type EngineArguments =
  | { readonly action: 'list'; readonly modelDir?: string }
  | {
      readonly action: 'install';
      readonly wish: { readonly name?: string; readonly sha256?: string; readonly mirror?: string };
      /** Nobody is to be asked. */
      readonly isAgreed: boolean;
    }
  | { readonly action: 'remove'; readonly name: string };

/** How much is said on standard error. */
export type Detail = 'quiet' | 'normal' | 'verbose';

/** What one command line asks for. */
export type Invocation =
  | { readonly kind: 'dictate'; readonly dictate: DictateArguments }
  | { readonly kind: 'devices'; readonly format: 'text' | 'json' }
  | { readonly kind: 'doctor'; readonly doctor: DoctorArguments }
  | { readonly kind: 'serve'; readonly port?: number; readonly modelDir?: string }
  | { readonly kind: 'login' | 'logout'; readonly endpoint?: string }
  | { readonly kind: 'engine'; readonly engine: EngineArguments }
  /** `--help` and `--version`. */
  | { readonly kind: 'print'; readonly text: string };

const DEFAULT_RATE_HZ = 16_000;

/** @throws DictationError `invalid-option` */
export function parseArguments(argv: readonly string[], version: string): Invocation {
  const [first = ''] = argv;
  if (first === '' || first.startsWith('-')) return parse('dictate', argv, version);
  if (first === 'help') return parse('dictate', ['--help'], version);
  if (!isCommand(first)) throw unknownCommand(first);
  return parse(first, argv.slice(1), version);
}

function parse(name: keyof typeof COMMANDS, argv: readonly string[], version: string): Invocation {
  const command: Command = COMMANDS[name](version);
  const text = runParser(command, argv);
  if (text !== undefined) return { kind: 'print', text };
  switch (name) {
    case 'dictate':
      return { kind: 'dictate', dictate: readDictate(command.opts<DictateFlags>()) };
    case 'devices':
      return { kind: 'devices', format: formatOf(command.opts<DevicesFlags>()) };
    case 'doctor':
      return { kind: 'doctor', doctor: readDoctor(command.opts<DoctorFlags>()) };
    case 'serve':
      return { kind: name, ...command.opts<ServeFlags>() };
    case 'engine':
      return { kind: name, engine: readEngine(command.args, command.opts<EngineFlags>()) };
    case 'login':
    case 'logout':
      return { kind: name, ...command.opts<LoginFlags>() };
    default:
      return name satisfies never;
  }
}

function readDictate(flags: DictateFlags): DictateArguments {
  const service = readService(flags);
  if (flags.json === true && flags.format !== undefined && flags.format !== 'json') {
    throw refuse('--json is short for --format json; give one of them');
  }
  if (flags.quiet === true && flags.verbose === true) {
    throw refuse('--quiet and --verbose contradict each other; give one of them');
  }
  const audio = readAudio(flags);
  if (audio.kind === 'file' && isSameFile(audio.path, flags.output)) {
    throw refuse('--output would overwrite the audio that --audio names; name another file');
  }
  return {
    audio,
    options: present({
      silenceSeconds: flags.silence,
      noSpeechSeconds: flags.noSpeech,
      warningSeconds: flags.warning,
      maxSeconds: flags.max,
      model: flags.model,
      languages: flags.language,
      keyterms: flags.keyterm,
    }),
    service,
    format: flags.json === true ? 'json' : (flags.format ?? 'text'),
    detail: flags.quiet === true ? 'quiet' : flags.verbose === true ? 'verbose' : 'normal',
    ...present({ keytermsPath: flags.keyterms, outputPath: flags.output }),
  };
}

function readDoctor(flags: DoctorFlags): DoctorArguments {
  const { device } = flags;
  return { service: readService(flags), format: formatOf(flags), ...present({ device }) };
}

function readEngine(
  [action = 'list', name]: readonly string[],
  { modelDir, from, sha256, yes }: EngineFlags,
): EngineArguments {
  switch (action) {
    case 'list':
      return { action, ...present({ modelDir }) };
    case 'install':
      return { action, wish: present({ name, sha256, mirror: from }), isAgreed: yes === true };
    case 'remove':
      if (name !== undefined) return { action, name };
      throw refuse('lull engine remove needs the name of a model; lull engine lists them');
    default:
      throw refuse('lull engine takes list, install or remove');
  }
}

function formatOf({ json }: DevicesFlags): 'text' | 'json' {
  return json === true ? 'json' : 'text';
}

function readService({ engine, endpoint, region, modelDir }: DoctorFlags): ServiceChoice {
  if (engine === 'local' && (endpoint !== undefined || region !== undefined)) {
    throw refuse('--engine local runs on this machine; leave out --endpoint and --region');
  }
  if (endpoint !== undefined && region !== undefined) {
    throw refuse('--endpoint already says where to connect; leave out --region');
  }
  return present({ engine, endpoint, region, modelDir });
}

function readAudio({ audio = 'mic', device, rate }: DictateFlags): AudioChoice {
  if (rate !== undefined && audio !== '-') {
    throw refuse('--rate describes raw audio on standard input; use it with --audio -');
  }
  if (device !== undefined && audio !== 'mic') {
    throw refuse('--device chooses a microphone; leave out --audio to use it');
  }
  if (audio === 'mic') return { kind: 'microphone', ...present({ device }) };
  if (audio === '-') return { kind: 'standard-input', sampleRateHz: rate ?? DEFAULT_RATE_HZ };
  return { kind: 'file', path: audio };
}

function isSameFile(path: string, other: string | undefined): boolean {
  return other !== undefined && resolve(path) === resolve(other);
}

/** The fields that have a value; absent and `undefined` are not the same to the checks. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function isCommand(word: string): word is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, word);
}

function unknownCommand(word: string): DictationError {
  // A key given by mistake looks like a word too; only what could be a command is repeated.
  const named = /^[a-z]{1,12}$/.test(word) ? ` ${word}` : '';
  const known = Object.keys(COMMANDS).join(', ');
  return refuse(
    `Unknown command${named}; the commands are ${known}, and lull --help explains them`,
  );
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
