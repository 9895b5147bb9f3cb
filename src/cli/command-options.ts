import { type Command, InvalidArgumentError, Option } from 'commander';
import { MODES, type Mode } from '../core/index.ts';
import type { SubmitMode } from '../text/index.ts';
import { OUTPUT_FORMATS, type OutputFormat } from './output/format.ts';

/** The options of `dictate`, named as on the command line. */
export interface DictateFlags {
  readonly audio?: string;
  readonly device?: string;
  readonly rate?: number;
  readonly silence?: number;
  readonly noSpeech?: number;
  readonly warning?: number;
  readonly max?: number;
  readonly engine?: 'assemblyai' | 'local';
  readonly modelDir?: string;
  readonly endpoint?: string;
  readonly region?: 'us' | 'eu';
  readonly model?: string;
  readonly mode?: Mode;
  readonly language?: readonly string[];
  readonly keyterm?: readonly string[];
  readonly keyterms?: string;
  readonly project?: string;
  readonly replace?: string;
  readonly filter?: string;
  readonly format?: OutputFormat;
  readonly json?: true;
  readonly output?: string;
  readonly append?: true;
  readonly join?: true;
  readonly copy?: true;
  readonly type?: true;
  readonly to?: string;
  readonly submit?: SubmitMode;
  readonly quiet?: true;
  readonly verbose?: true;
}

const SUBMIT_MODES = ['never', 'phrase', 'hang-up'] as const satisfies readonly SubmitMode[];

/** The options that several commands have; those of a dictation that decide what has to work. */
export function addServiceOptions(command: Command): Command {
  return addModelDir(command.addOption(engineOption()))
    .option('--endpoint <url>', 'another server; ws:// only on this machine', nonEmpty)
    .addOption(new Option('--region <zone>', 'where the audio is processed').choices(['us', 'eu']));
}

export function addDevice(command: Command): Command {
  return command.option('--device <name>', 'the microphone; part of its name is enough', nonEmpty);
}

export function addModelDir(command: Command): Command {
  const text = 'an unpacked Vosk model for the local engine';
  return command.option('--model-dir <folder>', text, nonEmpty);
}

export function addPort(command: Command): Command {
  const text = 'port on 127.0.0.1 (default: a free one)';
  return command.option('--port <number>', text, wholeNumber(0, 65_535));
}

/** Everything that can be said about one dictation. */
export function addDictateOptions(command: Command): Command {
  command.option(
    '--audio <source>',
    'mic (default), a file, or - for WAV or raw PCM16 mono',
    nonEmpty,
  );
  addDevice(command)
    .option('--rate <hz>', 'sample rate of --audio - (default 16000)', wholeNumber(1, 384_000))
    .option('--silence <s>', 'stop after this many seconds of silence (default 5)', seconds)
    .addOption(noSpeechOption())
    .option('--warning <s>', 'length of the countdown before a stop (default 3)', seconds)
    .option('--max <s>', 'longest dictation (default 1800); 0 switches a limit off', seconds);
  return addServiceOptions(command)
    .option('--model <name>', 'speech model (default universal-3-6-pro)', nonEmpty)
    .addOption(choice('--mode <name>', 'which pause ends a phrase (default max_accuracy)', MODES))
    .option('--language <code...>', 'language to expect, such as en; may be repeated')
    .option('--keyterm <word...>', 'word to expect; may be repeated')
    .option('--keyterms <file>', 'words to expect, one a line; # begins a comment', nonEmpty)
    .option('--project <folder>', 'expect names from the code that git tracks in it', nonEmpty)
    .option('--replace <file>', 'replacements, one per line: heard => written', nonEmpty)
    .option('--filter <command>', 'run this for each phrase and write what it prints', nonEmpty)
    .addOption(choice('--format <name>', 'what to write (default text)', OUTPUT_FORMATS))
    .option('--json', 'short for --format json')
    .option('-o, --output <file>', 'write to this file; its extension sets the format', nonEmpty)
    .option('--append', 'add to the file of --output')
    .option('--join', 'one paragraph instead of a line for each phrase')
    .option('--copy', 'the whole text to the clipboard at the end')
    .option('--type', 'type each phrase into the focused window')
    .option('--to <place>', 'paste each phrase into a pane: tmux:<pane>', nonEmpty)
    .addOption(choice('--submit <when>', 'when to press Enter (default never)', SUBMIT_MODES))
    .option('-q, --quiet', 'only warnings and errors on standard error')
    .option('-v, --verbose', 'also the connection, the session and how it closed');
}

function engineOption(): Option {
  const text = 'default: assemblyai if a key is known, else local';
  return choice('--engine <name>', text, ['assemblyai', 'local']);
}

function choice(flags: string, text: string, choices: readonly string[]): Option {
  return new Option(flags, text).choices(choices);
}

/** Commander reads `--no-…` as a switch that turns something off; this one takes seconds. */
function noSpeechOption(): Option {
  const text = 'stop if no first word comes in this many seconds (default 10)';
  const option = new Option('--no-speech <s>', text).argParser(seconds);
  option.negate = false;
  return option;
}

/** Anything but plain decimals becomes NaN, which `checkOptions` refuses with the range. */
function seconds(text: string): number {
  return /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`takes a whole number from ${least} to ${most}`);
  };
}

export function nonEmpty(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('needs a value');
}
