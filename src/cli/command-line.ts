import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DictationError } from '../core/index.ts';
import { AFTER_HELP, USAGE } from './help-text.ts';
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
  readonly language?: readonly string[];
  readonly keyterm?: readonly string[];
  readonly keyterms?: string;
  readonly format?: OutputFormat;
  readonly json?: true;
  readonly output?: string;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** The options of `devices`. */
export interface DevicesFlags {
  readonly json?: true;
}

/** The options of `doctor`: those of `dictate` that decide what has to work. */
export type DoctorFlags = Pick<
  DictateFlags,
  'device' | 'engine' | 'modelDir' | 'endpoint' | 'region' | 'json'
>;

/** The options of `login` and `logout`. */
export type LoginFlags = Pick<DictateFlags, 'endpoint'>;

/** The options of `serve`. */
export interface ServeFlags {
  readonly port?: number;
  readonly modelDir?: string;
}

/** The options of `engine`. */
export interface EngineFlags {
  readonly modelDir?: string;
  readonly from?: string;
  readonly sha256?: string;
  readonly yes?: true;
}

const DEVICE = ['--device <name>', 'the microphone; part of its name is enough'] as const;
const MODEL_DIR = ['--model-dir <folder>', 'an unpacked Vosk model for the local engine'] as const;

const ENDPOINT = ['--endpoint <url>', 'another server; ws:// only on this machine'] as const;

/** Every command and its options. `--help` is written from these. */
export const COMMANDS = {
  dictate: (version: string) =>
    create('lull', 'Dictation that hangs up when you stop talking.')
      .usage(USAGE)
      .version(version, '--version', 'print the version')
      .option('--audio <source>', 'mic (default), a WAV file, or - for raw PCM16 mono', nonEmpty)
      .option(...DEVICE, nonEmpty)
      .option('--rate <hz>', 'sample rate of --audio - (default 16000)', wholeNumber(1, 384_000))
      .option('--silence <s>', 'stop after so much silence (default 5)', seconds)
      .addOption(noSpeechOption())
      .option('--warning <s>', 'show the countdown so long before a stop (default 3)', seconds)
      .option('--max <s>', 'longest dictation (default 1800); 0 switches a limit off', seconds)
      .addOption(engineOption())
      .option(...MODEL_DIR, nonEmpty)
      .option(...ENDPOINT, nonEmpty)
      .addOption(regionOption())
      .option('--model <name>', 'speech model (default universal-3-6-pro)', nonEmpty)
      .option('--language <code...>', 'language to expect, such as en; may be repeated')
      .option('--keyterm <word...>', 'word to expect; may be repeated')
      .option('--keyterms <file>', 'words to expect, one a line; # begins a comment', nonEmpty)
      .addOption(
        new Option('--format <name>', 'what to write (default text)').choices(OUTPUT_FORMATS),
      )
      .option('--json', 'short for --format json')
      .option('--output <file>', 'write there instead of to standard output', nonEmpty)
      .option('--quiet', 'only warnings and errors on standard error')
      .option('--verbose', 'also the connection, the session and how it closed')
      .addHelpText('after', AFTER_HELP),
  devices: () =>
    create('lull devices', 'Lists the microphones; the default has a star.').option(
      '--json',
      'as one array of JSON',
    ),
  doctor: () =>
    create('lull doctor', 'Tries everything a dictation needs and says what is wrong.')
      .option(...DEVICE, nonEmpty)
      .addOption(engineOption())
      .option(...MODEL_DIR, nonEmpty)
      .option(...ENDPOINT, nonEmpty)
      .addOption(regionOption())
      .option('--json', 'as one object of JSON'),
  serve: () =>
    create('lull serve', 'Runs the local engine as a server that speaks Universal Streaming v3.')
      .option('--port <number>', 'port on 127.0.0.1 (default: a free one)', wholeNumber(0, 65_535))
      .option(...MODEL_DIR, nonEmpty),
  login: () =>
    create(
      'lull login',
      'Asks for your AssemblyAI key, or that of --endpoint, and keeps it in your config folder.',
    ).option('--endpoint <url>', 'the key is for this server and no other', nonEmpty),
  logout: () =>
    create('lull logout', 'Forgets the key that lull login kept.').option(
      '--endpoint <url>',
      'the one for this server',
      nonEmpty,
    ),
  engine: () =>
    create('lull engine', 'The offline recogniser: what is there, and models to fetch.')
      .usage('[list | install [NAME] | remove NAME] [options]')
      .argument('[action]', 'list (default), install or remove')
      .argument('[name]', 'a model from https://alphacephei.com/vosk/models')
      .option('--from <url>', 'a mirror: the folder that has the archives', nonEmpty)
      .option('--sha256 <digits>', 'checksum of a model that Lull does not know', nonEmpty)
      .option('--yes', 'fetch without asking')
      .option(...MODEL_DIR, nonEmpty),
} as const;

/**
 * Parses into `command`; gives the text of `--help` or `--version` where that was asked for.
 * @throws DictationError `invalid-option`
 */
export function runParser(command: Command, argv: readonly string[]): string | undefined {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  command.exitOverride().configureOutput({ writeOut: write, writeErr: () => {} });
  try {
    command.parse([...argv], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return text;
    throw new DictationError('invalid-option', inOurWords(error), { cause: error });
  }
}

function create(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .helpOption('--help', 'print this help')
    .allowExcessArguments(false);
}

function engineOption(): Option {
  const text = 'assemblyai when a key is known, else local';
  return new Option('--engine <name>', text).choices(['assemblyai', 'local']);
}

function regionOption(): Option {
  return new Option('--region <zone>', 'keep the audio there').choices(['us', 'eu']);
}

/** Commander reads `--no-…` as a switch that turns something off; this one takes seconds. */
function noSpeechOption(): Option {
  const text = 'stop when nothing is said for so long (default 10)';
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

function nonEmpty(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('needs a value');
}

/** Commander's message as one sentence in our style. Values are not repeated: one could be a key. */
function inOurWords({ code, message }: CommanderError): string {
  const flag = /--[a-z-]+/.exec(message)?.[0] ?? 'the option';
  switch (code) {
    case 'commander.unknownOption': {
      const nearest = /\(Did you mean (.*)\?\)/.exec(message)?.[1];
      if (nearest === undefined) return `Unknown option ${flag}; lull --help lists the options`;
      return `Unknown option ${flag}; did you mean ${nearest}?`;
    }
    case 'commander.optionMissingArgument':
      return `${flag} needs a value; lull --help lists the options`;
    case 'commander.invalidArgument': {
      const reason = /is invalid\. (.*)$/s.exec(message)?.[1] ?? 'has a value it cannot take';
      return `${flag} ${reason.replace(/^Allowed choices are (.*)\.$/, 'takes one of $1')}`;
    }
    default:
      return 'A command takes options only; lull --help lists them';
  }
}
