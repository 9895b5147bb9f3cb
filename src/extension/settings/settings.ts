import { workspace } from 'vscode';
import {
  checkOptions,
  DictationError,
  type DictationOptions,
  MODES,
  type Note,
  type Region,
} from '../../core/index.ts';
import { findModel } from '../../protocol/index.ts';
import type { Replacements, SubmitMode } from '../../text/index.ts';
import { type Said, type Settled, settleLimit, settleSwitch, settleValue } from './precedence.ts';

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
  /** A line for a shell, which every phrase goes through. */
  readonly filterCommand: string | undefined;
  readonly spokenCommands: 'on' | 'off';
  readonly keytermsFromWorkspace: 'on' | 'off';
  readonly holdToTalk: 'on' | 'off';
  readonly submit: SubmitMode;
  readonly soundCues: 'on' | 'off';
  /** 0 sets no budget. */
  readonly monthlyBudgetUsd: number;
  /** What is wrong and does no harm. */
  readonly notes: readonly Note[];
}

const IGNORED = {
  invalid: 'is not a valid value',
  longer: 'is longer than your own',
  on: 'would switch it on, which only your own settings can',
  dearer: 'would cost extra with your model',
} as const satisfies Record<NonNullable<Settled<unknown>['ignored']>, string>;

/**
 * VS Code hands out whatever stands in the file, so types are checked here; ranges are the core's.
 * A workspace may make a dictation shorter or its words better, and can neither make it dearer nor
 * keep it from beginning.
 * @throws DictationError `invalid-option`, naming the person's own setting
 */
export function readSettings(): Settings {
  const notes: Note[] = [];
  const settled = <Value>(name: string, { value, ignored }: Settled<Value>): Value => {
    if (ignored !== undefined) {
      const message = `What this workspace sets for lull.${name} ${IGNORED[ignored]}; your own setting is used`;
      notes.push({ code: 'setting-ignored', message });
    }
    return value;
  };
  const limit = (name: string) => {
    const { own, workspace: theirs } = said(name);
    return settled(name, settleLimit(number(name, own), theirs));
  };
  const free = <Value>(name: string, check: (value: unknown) => Value) =>
    settled(name, settleValue(said(name), check));
  const own = (name: string) => said(name).own;

  const spoken = said('spokenCommands');
  const model = text('model', own('model'));
  const mode = oneOf('mode', own('mode'), MODES);
  return {
    options: {
      silenceSeconds: limit('silenceSeconds'),
      noSpeechSeconds: limit('noSpeechSeconds'),
      warningSeconds: limit('warningSeconds'),
      maxSeconds: limit('maxMinutes') * 60,
      model,
      // Left out it is the same, and no note says of a model without modes that one was asked for.
      ...(mode === 'max_accuracy' ? {} : { mode }),
      languages: free('languages', (value) => {
        const languages = texts('languages', value);
        checkOptions({ languages });
        return languages;
      }),
      keyterms: settled('keyterms', keytermsOf(said('keyterms'), model)),
    },
    engine: oneOf('engine', own('engine'), ['auto', 'assemblyai', 'local']),
    region: regionOf(oneOf('region', own('region'), ['auto', 'us', 'eu'])),
    endpoint: text('endpoint', own('endpoint')) || undefined,
    tokenUrl: text('tokenUrl', own('tokenUrl')) || undefined,
    recorder: text('recorder', own('recorder')) || undefined,
    device: text('device', own('device')) || undefined,
    replacements: settled('replacements', mergedReplacements(said('replacements'), notes)),
    filterCommand: text('filterCommand', own('filterCommand')) || undefined,
    spokenCommands: settled('spokenCommands', settleSwitch(spoken.own === true, spoken.workspace))
      ? 'on'
      : 'off',
    keytermsFromWorkspace: own('keytermsFromWorkspace') === true ? 'on' : 'off',
    holdToTalk: own('holdToTalk') === true ? 'on' : 'off',
    submit: oneOf('submit', own('submit'), ['never', 'phrase', 'hang-up']),
    soundCues: own('soundCues') === true ? 'on' : 'off',
    monthlyBudgetUsd: number('monthlyBudgetUsd', own('monthlyBudgetUsd')),
    notes,
  };
}

function said(name: string): Said {
  const found = workspace.getConfiguration('lull').inspect<unknown>(name);
  return {
    own: found?.globalValue ?? found?.defaultValue,
    workspace: workspace.isTrusted ? found?.workspaceValue : undefined,
  };
}

/** Keyterms are in the price of some models and cost extra with others. */
function keytermsOf(keyterms: Said, model: string): Settled<readonly string[]> {
  const settled = settleValue(keyterms, (value) => {
    const terms = texts('keyterms', value);
    checkOptions({ keyterms: terms });
    return terms;
  });
  const own = texts('keyterms', keyterms.own);
  const isDearer = own.length === 0 && (findModel(model)?.keytermsUsdPerHour ?? 0) > 0;
  if (isDearer && settled.value.length > 0) return { value: own, ignored: 'dearer' };
  return settled;
}

function regionOf(name: 'auto' | Region): Region | undefined {
  return name === 'auto' ? undefined : name;
}

/** A project's words join the person's own, and count where both name the same. */
function mergedReplacements(
  { own, workspace: theirs }: Said,
  notes: Note[],
): Settled<Replacements> {
  const value = replacementsOf(own, notes);
  if (theirs === undefined) return { value };
  const added = settleValue({ own: {}, workspace: theirs }, (each) => replacementsOf(each, notes));
  return { ...added, value: [...added.value, ...value] };
}

/** One wrong entry among many is no reason not to dictate. */
function replacementsOf(value: unknown, notes: Note[]): Replacements {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('replacements', 'takes an object of texts');
  }
  const entries = Object.entries(value);
  const replacements = entries.filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  const ignored = entries.length - replacements.length;
  if (ignored > 0) {
    const message = `Ignored in lull.replacements, because they are not text: ${ignored}`;
    notes.push({ code: 'replacement-ignored', message });
  }
  return replacements;
}

function number(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw refuse(name, 'takes a number, 0 or more');
}

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value.trim();
  throw refuse(name, 'takes a text');
}

function texts(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw refuse(name, 'takes a list of texts');
}

function oneOf<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw refuse(name, `takes one of ${choices.join(', ')}`);
}

function refuse(name: string, what: string): DictationError {
  return new DictationError('invalid-option', `The setting lull.${name} ${what}`);
}
