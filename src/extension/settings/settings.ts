import { type WorkspaceConfiguration, workspace } from 'vscode';
import {
  DictationError,
  type DictationOptions,
  type Note,
  type Region,
  type Replacements,
} from '../../core/index.ts';

/** The settings of `lull.*`, as far as they need no look at the world. */
export interface Settings {
  readonly options: DictationOptions;
  readonly engine: 'auto' | 'assemblyai' | 'local';
  readonly region: Region | undefined;
  readonly endpoint: string | undefined;
  readonly tokenUrl: string | undefined;
  /** A command line instead of the platform's recorders. */
  readonly recorder: string | undefined;
  readonly device: string | undefined;
  readonly replacements: Replacements;
  readonly spokenCommands: 'on' | 'off';
  readonly keytermsFromWorkspace: 'on' | 'off';
  readonly soundCues: 'on' | 'off';
  /** 0 sets no budget. */
  readonly monthlyBudgetUsd: number;
  /** What is wrong and does no harm. */
  readonly notes: readonly Note[];
}

/**
 * VS Code hands out whatever stands in the file, so types are checked here; ranges are the core's.
 * @throws DictationError `invalid-option`, naming the setting
 */
export function readSettings(): Settings {
  const lull = workspace.getConfiguration('lull');
  const { replacements, notes } = replacementsOf(lull);
  return {
    options: {
      silenceSeconds: number(lull, 'silenceSeconds'),
      noSpeechSeconds: number(lull, 'noSpeechSeconds'),
      warningSeconds: number(lull, 'warningSeconds'),
      maxSeconds: number(lull, 'maxMinutes') * 60,
      model: text(lull, 'model'),
      languages: texts(lull, 'languages'),
      keyterms: texts(lull, 'keyterms'),
    },
    engine: oneOf(lull, 'engine', ['auto', 'assemblyai', 'local']),
    region: regionOf(oneOf(lull, 'region', ['auto', 'us', 'eu'])),
    endpoint: text(lull, 'endpoint') || undefined,
    tokenUrl: text(lull, 'tokenUrl') || undefined,
    recorder: text(lull, 'recorder') || undefined,
    device: text(lull, 'device') || undefined,
    replacements,
    spokenCommands: switchOf(lull, 'spokenCommands'),
    keytermsFromWorkspace: switchOf(lull, 'keytermsFromWorkspace'),
    soundCues: switchOf(lull, 'soundCues'),
    monthlyBudgetUsd: number(lull, 'monthlyBudgetUsd'),
    notes,
  };
}

function regionOf(name: 'auto' | Region): Region | undefined {
  return name === 'auto' ? undefined : name;
}

/** One wrong entry among many is no reason not to dictate. */
function replacementsOf(lull: WorkspaceConfiguration): Pick<Settings, 'replacements' | 'notes'> {
  const value = lull.get<unknown>('replacements');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('replacements', 'takes an object of texts');
  }
  const entries = Object.entries(value);
  const replacements = entries.filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  const ignored = entries.length - replacements.length;
  const message = `Entries of lull.replacements that are no text are ignored: ${ignored}`;
  return { replacements, notes: ignored === 0 ? [] : [{ code: 'replacement-ignored', message }] };
}

function switchOf(lull: WorkspaceConfiguration, name: string): 'on' | 'off' {
  return lull.get<unknown>(name) === true ? 'on' : 'off';
}

function number(lull: WorkspaceConfiguration, name: string): number {
  const value = lull.get<unknown>(name);
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw refuse(name, 'takes a number, 0 or more');
}

function text(lull: WorkspaceConfiguration, name: string): string {
  const value = lull.get<unknown>(name);
  if (typeof value === 'string') return value.trim();
  throw refuse(name, 'takes a text');
}

function texts(lull: WorkspaceConfiguration, name: string): readonly string[] {
  const value = lull.get<unknown>(name);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw refuse(name, 'takes a list of texts');
}

function oneOf<Choice extends string>(
  lull: WorkspaceConfiguration,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = lull.get<unknown>(name);
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw refuse(name, `takes one of ${choices.join(', ')}`);
}

function refuse(name: string, what: string): DictationError {
  return new DictationError('invalid-option', `The setting lull.${name} ${what}`);
}
