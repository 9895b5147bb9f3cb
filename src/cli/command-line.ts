import { Argument, Command, CommanderError } from 'commander';
import { DictationError } from '../core/index.ts';
import { helpWidth } from './cli-process.ts';
import {
  addDevice,
  addDictateOptions,
  addModelDir,
  addPort,
  addServiceOptions,
  type DictateFlags,
  nonEmpty,
} from './command-options.ts';
import { SHELLS } from './help/completions.ts';
import { AFTER_HELP, USAGE } from './help/facts.ts';

/** The options of the commands that only report. */
export interface ReportFlags {
  readonly json?: true;
}

/** The options of `doctor`: those of `dictate` that decide what has to work. */
export interface DoctorFlags
  extends Pick<DictateFlags, 'device' | 'engine' | 'modelDir' | 'endpoint' | 'region' | 'json'> {
  readonly tryKey?: true;
  readonly mend?: true;
}

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

/** Every command and its options. `--help` is written from these. */
export const COMMANDS = {
  dictate: (version: string) =>
    addDictateOptions(
      create('lull', 'Dictation that hangs up when you stop talking.')
        .usage(USAGE)
        .version(version, '-V, --version', 'print the version')
        .argument('[recording]'),
    ).addHelpText('after', AFTER_HELP),
  devices: () =>
    create('lull devices', 'Lists the microphones; the default has a star.').option(
      '--json',
      'as one array of JSON',
    ),
  doctor: () =>
    addServiceOptions(
      addDevice(
        create('lull doctor', 'Tries everything a dictation needs and says what is wrong.'),
      ),
    )
      .option('--try-key', 'open and end a session to try the key; about a second is billed')
      .option('--json', 'as one object of JSON')
      .option('--mend', 'make your own files private where other users can read them'),
  toggle: () =>
    addDictateOptions(
      create(
        'lull toggle',
        'Ends the running dictation; if there is none, begins one with these options.',
      ),
    ),
  stop: () => create('lull stop', 'Ends the dictation that is running; its last words still come.'),
  cancel: () =>
    create('lull cancel', 'Ends the running dictation at once: nothing more is written.'),
  status: () =>
    create('lull status', 'Says what the dictation that is running does.').option(
      '--json',
      'as one object of JSON, with the fields that waybar reads',
    ),
  config: () =>
    create('lull config', 'Shows the options in effect, and where each comes from.').option(
      '--json',
      'as one object of JSON',
    ),
  serve: () =>
    addModelDir(
      addPort(
        create(
          'lull serve',
          'Runs the local engine as a server that speaks Universal Streaming v3.',
        ),
      ),
    ),
  login: () =>
    create(
      'lull login',
      'Asks for your AssemblyAI key, or that of --endpoint, and keeps it in your config folder.',
    ).option('--endpoint <url>', 'the key is for this server and no other', nonEmpty),
  logout: () =>
    create('lull logout', 'Forgets the key that lull login kept.').option(
      '--endpoint <url>',
      'forget the key for this server',
      nonEmpty,
    ),
  engine: () =>
    addModelDir(
      create('lull engine', 'Lists, installs and removes models of the offline recogniser.')
        .usage('[list | install [NAME] | remove NAME] [options]')
        .addArgument(
          new Argument('[action]', 'list (default), install or remove').choices([
            'list',
            'install',
            'remove',
          ]),
        )
        .argument('[name]', 'a model from https://alphacephei.com/vosk/models')
        .option('--from <url>', 'a mirror: the folder that has the archives', nonEmpty)
        .option('--sha256 <digits>', 'checksum of a model that Lull does not know', nonEmpty)
        .option('--yes', 'fetch without asking'),
    ),
  completions: () =>
    create('lull completions', 'Prints what a shell reads to complete lull.').addArgument(
      new Argument('<shell>', 'such as: source <(lull completions bash)').choices(SHELLS),
    ),
} as const;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(COMMANDS, word);
}

/**
 * Parses into `command`; gives the text of `--help` or `--version` where that was asked for.
 * @throws DictationError `invalid-option`
 */
export function runParser(command: Command, argv: readonly string[]): string | undefined {
  let text = '';
  const writeOut = (part: string) => {
    text += part;
  };
  const help = { getOutHelpWidth: helpWidth, getOutHasColors: () => false };
  command.exitOverride().configureOutput({ writeOut, writeErr: () => {}, ...help });
  try {
    command.parse([...argv], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return text;
    throw new DictationError('invalid-option', inOurWords(error, command.name()), { cause: error });
  }
}

/** The sentence for a word that is no command, with the one that was probably meant. */
export function unknownCommand(word: string): string {
  // A key given by mistake looks like a word too; only what could be a command is repeated.
  const named = /^[a-z-]{1,12}$/.test(word) ? ` ${word}` : '';
  const nearest = nearestOf(messageOf(word));
  return nearest === undefined
    ? `Unknown command${named}; lull --help lists the commands`
    : `Unknown command${named}; did you mean ${nearest}?`;
}

/** What commander says of the word where all our commands are its subcommands. */
function messageOf(word: string): string {
  const program = new Command('lull').exitOverride().configureOutput({ writeErr: () => {} });
  for (const name of Object.keys(COMMANDS)) program.command(name);
  try {
    program.parse([word], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  return '';
}

function nearestOf(message: string): string | undefined {
  return /\(Did you mean (?:one of )?([^,?]*)/.exec(message)?.[1];
}

function create(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false);
}

/** Commander's message as one sentence in our style. Values are not repeated: one could be a key. */
function inOurWords({ code, message }: CommanderError, command: string): string {
  // `-o, --output <file>` is named by its long form; of an unknown short one, only its letter.
  const flag =
    /--[a-z][a-z-]*/.exec(message)?.[0] ?? /'(-.)/.exec(message)?.[1] ?? `What follows ${command}`;
  switch (code) {
    case 'commander.unknownOption': {
      const nearest = nearestOf(message);
      if (nearest === undefined)
        return `Unknown option ${flag}; ${command} --help lists the options`;
      return `Unknown option ${flag}; did you mean ${nearest}?`;
    }
    case 'commander.optionMissingArgument':
      return `${flag} needs a value; ${command} --help lists the options`;
    case 'commander.invalidArgument': {
      const reason =
        /is invalid(?: for argument '\w+')?\. (.*)$/s.exec(message)?.[1] ??
        'has a value it cannot take';
      return `${flag} ${reason.replace(/^Allowed choices are (.*)\.$/, 'takes one of $1')}`;
    }
    case 'commander.missingArgument':
      return `Something is missing after ${command}; see ${command} --help`;
    default:
      return `Unexpected argument after ${command}; ${command} --help lists the options`;
  }
}
