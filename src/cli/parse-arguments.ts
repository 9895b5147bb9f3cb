import { DictationError } from '../core/index.ts';
import {
  type DictateArguments,
  type DoctorArguments,
  type EngineArguments,
  formatOf,
  readDictate,
  readDoctor,
  readEngine,
} from './arguments.ts';
import {
  COMMANDS,
  type CommandName,
  type DoctorFlags,
  type EngineFlags,
  isCommand,
  type LoginFlags,
  type ReportFlags,
  runParser,
  type ServeFlags,
  unknownCommand,
} from './command-line.ts';
import type { DictateFlags } from './command-options.ts';
import { completionsFor, type Shell } from './help/completions.ts';
import { type Layer, mergeFlags } from './layers.ts';

/** What one command line asks for. */
export type Invocation =
  | { readonly kind: 'dictate' | 'toggle'; readonly dictate: DictateArguments }
  | { readonly kind: 'devices' | 'status'; readonly format: 'text' | 'json' }
  | { readonly kind: 'config'; readonly format: 'text' | 'json' }
  | { readonly kind: 'doctor'; readonly doctor: DoctorArguments }
  | { readonly kind: 'serve'; readonly port?: number; readonly modelDir?: string }
  | { readonly kind: 'login' | 'logout'; readonly endpoint?: string }
  | { readonly kind: 'engine'; readonly engine: EngineArguments }
  | { readonly kind: 'stop' | 'cancel' }
  /** `--help` and `--version`. */
  | { readonly kind: 'print'; readonly text: string };

export interface ParseContext {
  readonly version: string;
  /** What holds where an argument does not say otherwise, the later ones winning; read when asked for. */
  layers(): readonly Layer[];
}

/** @throws DictationError `invalid-option` */
export function parseArguments(argv: readonly string[], context: ParseContext): Invocation {
  const [first = '', second = ''] = argv;
  if (first === '' || first.startsWith('-')) return parse('dictate', argv, context);
  if (first === 'help') return help(second, context);
  if (isCommand(first)) return parse(first, argv.slice(1), context);
  if (isPath(first)) return parse('dictate', argv, context);
  throw refuse(unknownCommand(first));
}

function help(word: string, context: ParseContext): Invocation {
  if (word === '') return parse('dictate', ['--help'], context);
  if (isCommand(word)) return parse(word, ['--help'], context);
  throw refuse(unknownCommand(word));
}

function parse(name: CommandName, argv: readonly string[], context: ParseContext): Invocation {
  const command = COMMANDS[name](context.version);
  const text = runParser(command, argv);
  if (text !== undefined) return { kind: 'print', text };
  const layered = <T extends object>(flags: T): T =>
    mergeFlags(flags, { name, layers: context.layers() });
  switch (name) {
    case 'dictate':
    case 'toggle': {
      const given = withRecording(command.opts<DictateFlags>(), command.args[0]);
      return { kind: name, dictate: readDictate(layered(given), given) };
    }
    case 'devices':
    case 'status':
    case 'config':
      return { kind: name, format: formatOf(command.opts<ReportFlags>()) };
    case 'doctor':
      return { kind: 'doctor', doctor: readDoctor(layered(command.opts<DoctorFlags>())) };
    case 'serve':
      return { kind: name, ...layered(command.opts<ServeFlags>()) };
    case 'engine':
      return { kind: name, engine: readEngine(command.args, layered(command.opts<EngineFlags>())) };
    case 'stop':
    case 'cancel':
      return { kind: name };
    case 'completions':
      return { kind: 'print', text: completions(command.args[0] as Shell, context) };
    case 'login':
    case 'logout':
      return { kind: name, ...command.opts<LoginFlags>() };
    default:
      return name satisfies never;
  }
}

function completions(shell: Shell, { version }: ParseContext): string {
  const commands = Object.entries(COMMANDS).map(([name, make]) => [name, make(version)] as const);
  return completionsFor(shell, Object.fromEntries(commands));
}

/** `lull talk.wav` is `lull --audio talk.wav`. */
function withRecording(flags: DictateFlags, recording: string | undefined): DictateFlags {
  if (recording === undefined) return flags;
  if (!isPath(recording)) {
    throw refuse('Unexpected argument after lull; lull --help lists the options');
  }
  if (flags.audio !== undefined) {
    throw refuse('--audio names a recording too; name only one');
  }
  return { ...flags, audio: recording };
}

/** A word that can only be meant as a file. */
function isPath(word: string): boolean {
  return /[/\\]|\.[a-z0-9]{1,5}$/i.test(word);
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
