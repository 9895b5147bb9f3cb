import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { DictationError } from '../core/index.ts';
import { configFolder, type Environment } from '../host/index.ts';
import { COMMANDS, type CommandName, runParser } from './command-line.ts';
import type { DictateFlags } from './command-options.ts';
import { systemReason } from './exit-codes.ts';

/** Options that hold unless an argument says otherwise, written as arguments. */
export interface Layer {
  /** For people: a file's path or a variable's name. */
  readonly origin: string;
  readonly argv: readonly string[];
}

/**
 * A variable can come from the folder somebody happens to stand in (Bun reads its `.env`, direnv its
 * `.envrc`). So none says where audio or words go, what is billed or which program runs.
 */
export const VARIABLES = {
  LULL_DEVICE: '--device',
  LULL_LANGUAGE: '--language',
  LULL_FORMAT: '--format',
} as const;

/** Options that contradict each other: one of a higher layer takes the others' places. */
const RIVALS: readonly (readonly (keyof DictateFlags)[])[] = [
  ['engine', 'endpoint', 'region'],
  ['format', 'json'],
  ['quiet', 'verbose'],
  ['audio', 'device', 'rate'],
  ['type', 'to'],
];

export function configFile(env: Environment): string {
  return join(configFolder(env), 'config.toml');
}

/**
 * The defaults of the person's config file, then those of the environment, which win.
 * @throws DictationError `invalid-option` where the file cannot be read or is no TOML
 */
export function readLayers(env: Environment): readonly Layer[] {
  const path = configFile(env);
  const text = readConfig(path);
  const fromFile = text === undefined ? [] : [{ origin: path, argv: argumentsOf(text, path) }];
  const fromVariables = Object.entries(VARIABLES).flatMap(([origin, flag]) => {
    const values = (env[origin] ?? '').split(/[\s,]+/).filter((value) => value !== '');
    const words = flag === '--language' ? values : env[origin] ? [env[origin]] : [];
    return words.length === 0 ? [] : [{ origin, argv: words.map((word) => `${flag}=${word}`) }];
  });
  return [...fromFile, ...fromVariables];
}

/**
 * The flags of an argument list over those of the layers, as far as the command has them.
 * @throws DictationError `invalid-option` naming the layer
 */
export function mergeFlags<T extends object>(
  given: T,
  { name, layers }: { readonly name: CommandName; readonly layers: readonly Layer[] },
): T {
  const known = new Set(COMMANDS[name]('').options.map((option) => option.attributeName()));
  const below = layers
    .map(parseLayer)
    .reduce((lower, upper) => over(lower, upper), {} as DictateFlags);
  const merged = Object.entries(over(below, given)).filter(([flag]) => known.has(flag));
  return Object.fromEntries(merged) as T;
}

/** What a layer says, judged as the same words on a command line would be. */
export function parseLayer({ origin, argv }: Layer): DictateFlags {
  const command = COMMANDS.toggle();
  try {
    if (runParser(command, argv) === undefined) return command.opts<DictateFlags>();
  } catch (error) {
    if (!(error instanceof DictationError)) throw error;
    throw refuse(origin, error.message, error);
  }
  throw refuse(origin, 'help is no option with a value');
}

function over(lower: DictateFlags, upper: DictateFlags): DictateFlags {
  const displaced = new Set(
    RIVALS.filter((group) => group.some((flag) => upper[flag] !== undefined)).flat(),
  );
  // A file's ending names the format unless something on the same layer does.
  if (upper.output !== undefined)
    for (const flag of ['format', 'json'] as const) displaced.add(flag);
  const kept = Object.entries(lower).filter(([flag]) => !displaced.has(flag as keyof DictateFlags));
  return { ...Object.fromEntries(kept), ...upper };
}

function readConfig(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (systemReason(cause) === 'ENOENT') return undefined;
    throw refuse(path, `it cannot be read (${systemReason(cause)})`, cause);
  }
}

function argumentsOf(text: string, path: string): readonly string[] {
  return Object.entries(tableOf(text, path)).flatMap(([name, value]) => {
    if (/key$|token/i.test(name)) {
      throw refuse(path, 'a key has no place here; run lull login, and take it out');
    }
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((each: unknown) => {
      if (each === true) return [`--${name}`];
      if (each === false) return [];
      if (typeof each === 'string' || typeof each === 'number') return [`--${name}=${each}`];
      throw refuse(path, `${name} takes a text, a number, true or false`);
    });
  });
}

function tableOf(text: string, path: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw refuse(path, `line ${error.line} is not valid TOML; write name = value`, error);
  }
}

function refuse(origin: string, message: string, cause?: unknown): DictationError {
  return new DictationError('invalid-option', `In ${origin}: ${message}`, { cause });
}
