import { resolve } from 'node:path';
import { DictationError, type DictationOptions } from '../core/index.ts';
import type { SubmitMode } from '../text/index.ts';
import type { DoctorFlags, EngineFlags, ReportFlags } from './command-line.ts';
import type { DictateFlags } from './command-options.ts';
import { formatOfFile, type OutputFormat } from './output/format.ts';

/** `mic`, `-` for raw PCM on standard input, or the path of a WAV file. */
export type AudioChoice =
  | { readonly kind: 'microphone'; readonly device?: string }
  | { readonly kind: 'standard-input'; readonly sampleRateHz: number }
  | { readonly kind: 'file'; readonly path: string };

/** Where each phrase goes besides the output. */
export type Target =
  | { readonly kind: 'focused-window' }
  | { readonly kind: 'tmux'; readonly pane: string };

export interface DictateArguments {
  readonly audio: AudioChoice;
  /** As given; `checkOptions` judges them. */
  readonly options: DictationOptions;
  readonly keytermsPath?: string;
  /** The folder of a project whose names are to be expected. */
  readonly project?: string;
  readonly replacePath?: string;
  /** A line for a shell. */
  readonly filter?: string;
  readonly service: ServiceChoice;
  readonly format: OutputFormat;
  /** Whether phrases are parted by line breaks; text only. */
  readonly layout: 'lines' | 'paragraph';
  readonly outputPath?: string;
  readonly outputMode: 'replace' | 'append';
  readonly clipboard: 'untouched' | 'whole-text';
  readonly target?: Target;
  readonly submit: SubmitMode;
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
  /** `session`: whether the key is good is tried, which costs about a second. */
  readonly keyTrial: 'none' | 'session';
  readonly mending?: 'asked-for';
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

const DEFAULT_RATE_HZ = 16_000;

/** `given` is what the arguments say; `flags`, what holds with the defaults of other places. */
export function readDictate(flags: DictateFlags, given: DictateFlags): DictateArguments {
  const service = readService(flags);
  if (flags.json === true && flags.format !== undefined && flags.format !== 'json') {
    throw refuse('--json is short for --format json; give one of them');
  }
  if (flags.quiet === true && flags.verbose === true) {
    throw refuse('--quiet and --verbose contradict each other; give one of them');
  }
  const audio = readAudio(flags, given);
  const target = readTarget(flags);
  if (given.submit !== undefined && given.submit !== 'never' && target === undefined) {
    throw refuse('--submit presses Enter where the words go; use it with --type or --to');
  }
  return {
    audio,
    options: present({
      silenceSeconds: flags.silence,
      noSpeechSeconds: flags.noSpeech,
      warningSeconds: flags.warning,
      maxSeconds: flags.max,
      model: flags.model,
      mode: flags.mode,
      languages: flags.language,
      keyterms: flags.keyterm,
    }),
    service,
    ...readOutput(flags, { given, audio }),
    clipboard: flags.copy === true ? 'whole-text' : 'untouched',
    submit: target === undefined ? 'never' : (flags.submit ?? 'never'),
    detail: flags.quiet === true ? 'quiet' : flags.verbose === true ? 'verbose' : 'normal',
    ...present({ keytermsPath: flags.keyterms, replacePath: flags.replace, target }),
    ...present({ project: flags.project, filter: flags.filter }),
  };
}

function readOutput(
  flags: DictateFlags,
  { given, audio }: { readonly given: DictateFlags; readonly audio: AudioChoice },
): Pick<DictateArguments, 'format' | 'layout' | 'outputPath' | 'outputMode'> {
  // As everywhere, - is standard output; it also overrides a file of the defaults.
  const outputPath = flags.output === '-' ? undefined : flags.output;
  if (audio.kind === 'file' && outputPath !== undefined) {
    if (resolve(audio.path) === resolve(outputPath)) {
      throw refuse('--output would overwrite the audio that --audio names; name another file');
    }
  }
  const named = flags.json === true ? 'json' : flags.format;
  const fromEnding = outputPath === undefined ? undefined : formatOfFile(outputPath);
  const format = named ?? fromEnding ?? 'text';
  if (given.join === true && format !== 'text') {
    throw refuse(
      `--join makes one paragraph of text and cannot make ${format}; leave one of them out`,
    );
  }
  if (given.append === true && outputPath === undefined) {
    throw refuse('--append adds to a file; name it with --output');
  }
  if (flags.append === true && (format === 'srt' || format === 'vtt')) {
    throw refuse(
      '--append cannot add to subtitles, because their times start again from 0; name another file',
    );
  }
  return {
    format,
    layout: flags.join === true && format === 'text' ? 'paragraph' : 'lines',
    outputMode: flags.append === true ? 'append' : 'replace',
    ...present({ outputPath }),
  };
}

function readTarget({ type, to }: DictateFlags): Target | undefined {
  if (type === true && to !== undefined) {
    throw refuse('--type and --to are two places for the words; give one of them');
  }
  if (type === true) return { kind: 'focused-window' };
  if (to === undefined) return undefined;
  const pane = /^tmux:(.+)$/.exec(to)?.[1];
  if (pane !== undefined) return { kind: 'tmux', pane };
  throw refuse('--to takes tmux:<pane>, with a pane as tmux names it, such as tmux:1 or tmux:%3');
}

export function readDoctor(flags: DoctorFlags): DoctorArguments {
  const { device } = flags;
  return {
    service: readService(flags),
    format: formatOf(flags),
    keyTrial: flags.tryKey ? 'session' : 'none',
    ...present({ device }),
    ...(flags.mend === true ? { mending: 'asked-for' } : {}),
  };
}

export function readEngine(
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
      // The parser takes only these three.
      throw refuse('lull engine takes list, install or remove');
  }
}

export function formatOf({ json }: ReportFlags): 'text' | 'json' {
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

function readAudio(
  { audio = 'mic', device, rate }: DictateFlags,
  given: DictateFlags,
): AudioChoice {
  if (given.rate !== undefined && audio !== '-') {
    throw refuse('--rate describes raw audio on standard input; use it with --audio -');
  }
  if (given.device !== undefined && audio !== 'mic') {
    throw refuse('--device chooses a microphone; leave out --audio to use it');
  }
  if (audio === 'mic') return { kind: 'microphone', ...present({ device }) };
  if (audio === '-') return { kind: 'standard-input', sampleRateHz: rate ?? DEFAULT_RATE_HZ };
  return { kind: 'file', path: audio };
}

/** The fields that have a value; absent and `undefined` are not the same to the checks. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}

/** What the options of a dictation are called on the command line. */
const OPTION_NAMES = {
  silenceSeconds: '--silence',
  noSpeechSeconds: '--no-speech',
  warningSeconds: '--warning',
  maxSeconds: '--max',
  model: '--model',
  mode: '--mode',
  languages: '--language',
  locale: 'LANG',
  keyterms: '--keyterm',
} as const satisfies Record<keyof DictationOptions, string>;

export function optionName(field: keyof DictationOptions): string {
  return OPTION_NAMES[field];
}
