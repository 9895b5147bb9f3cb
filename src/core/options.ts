import { DEFAULT_MODEL, findModel, languageOf, type SpeechModel } from '../protocol/index.ts';
import { DictationError } from './errors.ts';
import type { AudioSource } from './ports.ts';

/** How long the service waits at a pause before it ends a turn; Pro models only. */
export type Mode = 'min_latency' | 'balanced' | 'max_accuracy';

/** What a person may choose; everything has a default. Seconds; 0 switches a limit off. */
export interface DictationOptions {
  readonly silenceSeconds?: number;
  readonly noSpeechSeconds?: number;
  readonly warningSeconds?: number;
  readonly maxSeconds?: number;
  /** The vendor's name; one that is not known is sent as it is. */
  readonly model?: string;
  /** Default `max_accuracy`: `balanced` cuts sentences at pauses of 128 ms. */
  readonly mode?: Mode;
  /** ISO 639-1 codes, most likely first; `multi` alone for no steering. */
  readonly languages?: readonly string[];
  /** The person's locale, such as `de-DE`: the language where `languages` names none. */
  readonly locale?: string;
  /** Words the recogniser should expect. */
  readonly keyterms?: readonly string[];
}

/** Checked options in the units the core works in. */
export interface DictationSettings {
  readonly silenceMs: number;
  readonly noSpeechMs: number;
  readonly warningMs: number;
  readonly maxMs: number;
  readonly model: SpeechModel;
  /** Absent where the model takes none. */
  readonly mode?: Mode;
  readonly languages: readonly string[];
  readonly keyterms: readonly string[];
}

export interface Note {
  readonly code: string;
  readonly message: string;
}

export interface CheckedOptions {
  readonly settings: DictationSettings;
  /** What the person should know although nothing is wrong. */
  readonly notes: readonly Note[];
}

/** Whose options these are, which decides what they are called and what holds where none is given. */
export interface OptionsFrame {
  /** The name of a field where the person wrote it, such as `--silence`. */
  readonly nameOf: (field: keyof DictationOptions) => string;
  /** A file is heard to its end unless a limit is asked for. */
  readonly audio: AudioSource['kind'];
}

const LIMITS = {
  silenceSeconds: { live: 5, piped: 5, stored: 0, most: 10_800 },
  noSpeechSeconds: { live: 10, piped: 10, stored: 0, most: 10_800 },
  warningSeconds: { live: 3, piped: 3, stored: 3, most: 60 },
  maxSeconds: { live: 1_800, piped: 1_800, stored: 0, most: 86_400 },
} as const;

/** More than 100 are refused with 3006 (probed live, 2026-09-24); 50 characters is documented. */
export const MOST_KEYTERMS = 100;
export const LONGEST_KEYTERM = 50;
const MOST_LANGUAGES = 10;
export const MODES: readonly Mode[] = ['min_latency', 'balanced', 'max_accuracy'];

const LIBRARY: OptionsFrame = { nameOf: (field) => field, audio: 'live' };

/** @throws DictationError `invalid-option`, before anything is opened */
export function checkOptions(
  options: DictationOptions,
  frame: OptionsFrame = LIBRARY,
): CheckedOptions {
  const model = checkModel(options.model ?? DEFAULT_MODEL, frame);
  const mode = checkMode(options.mode, { model, frame });
  const languages = checkLanguages(options, { model, frame });
  const settings: DictationSettings = {
    silenceMs: checkLimit(options, 'silenceSeconds', frame),
    noSpeechMs: checkLimit(options, 'noSpeechSeconds', frame),
    warningMs: checkLimit(options, 'warningSeconds', frame),
    maxMs: checkLimit(options, 'maxSeconds', frame),
    model,
    ...(mode === undefined ? {} : { mode }),
    languages: takesLanguages(model) ? languages : [],
    keyterms: checkKeyterms(options.keyterms ?? [], frame),
  };
  return { settings, notes: notesOn(settings, options) };
}

function checkLimit(
  options: DictationOptions,
  field: keyof typeof LIMITS,
  { nameOf, audio }: OptionsFrame,
): number {
  const { most } = LIMITS[field];
  const seconds = options[field] ?? LIMITS[field][audio];
  if (!(seconds >= 0 && seconds <= most)) {
    throw refuse(`${nameOf(field)} takes 0 to ${most} seconds; 0 switches it off`);
  }
  return seconds * 1_000;
}

function checkModel(name: string, { nameOf }: OptionsFrame): SpeechModel {
  if (/^[\w.-]{1,100}$/.test(name)) return findModel(name);
  throw refuse(`${nameOf('model')} takes the name of a model, such as ${DEFAULT_MODEL}`);
}

/** Only the Pro models know modes; to one that we do not know, what was asked for is sent. */
function checkMode(
  mode: Mode | undefined,
  { model, frame }: { readonly model: SpeechModel; readonly frame: OptionsFrame },
): Mode | undefined {
  if (mode !== undefined && !MODES.includes(mode)) {
    throw refuse(`${frame.nameOf('mode')} takes one of ${MODES.join(', ')}`);
  }
  if (model.family === 'pro') return mode ?? 'max_accuracy';
  return model.family === 'unknown' ? mode : undefined;
}

function takesLanguages({ family }: SpeechModel): boolean {
  return family === 'pro' || family === 'unknown';
}

function checkLanguages(
  { languages, locale }: DictationOptions,
  { model, frame }: { readonly model: SpeechModel; readonly frame: OptionsFrame },
): readonly string[] {
  if (languages === undefined || languages.length === 0) {
    const own = languageOf(locale, model);
    return own === undefined ? [] : [own];
  }
  const name = frame.nameOf('languages');
  const codes = [...new Set(languages.map(withoutRegion))];
  const unknown = codes.findIndex((code) => !/^([a-z]{2,3}|multi)$/.test(code));
  if (unknown !== -1) throw refuse(`${name} takes two-letter codes such as en or de`);
  if (codes.includes('multi') && codes.length > 1) {
    throw refuse(`${name}: multi cannot be combined with other languages`);
  }
  if (codes.length > MOST_LANGUAGES) {
    throw refuse(`${name} takes at most ${MOST_LANGUAGES} languages`);
  }
  return codes;
}

/** `en-US` and `EN` are `en`: the models know no regions. */
function withoutRegion(code: string): string {
  return code
    .trim()
    .toLowerCase()
    .replace(/^([a-z]{2,3})[-_][a-z0-9]{2,8}$/, '$1');
}

function checkKeyterms(keyterms: readonly string[], { nameOf }: OptionsFrame): readonly string[] {
  const terms = [...new Set(keyterms.map((term) => term.trim()).filter((term) => term !== ''))];
  if (terms.length > MOST_KEYTERMS) {
    throw refuse(
      `${nameOf('keyterms')}: ${terms.length} are more than the service takes; keep the best ${MOST_KEYTERMS}`,
    );
  }
  const long = terms.find((term) => [...term].length > LONGEST_KEYTERM);
  if (long !== undefined) {
    const start = [...long].slice(0, 20).join('');
    throw refuse(
      `${nameOf('keyterms')}: "${start}…" has more than ${LONGEST_KEYTERM} characters; shorten it`,
    );
  }
  return terms;
}

function notesOn({ model, mode }: DictationSettings, asked: DictationOptions): readonly Note[] {
  const { name, status } = model;
  const steers = (asked.languages ?? []).length > 0;
  const notes: Readonly<Record<string, string | false>> = {
    'legacy-model':
      status === 'legacy' && `${name} is a legacy model; ${DEFAULT_MODEL} is its successor`,
    'unknown-model':
      status === 'unknown' &&
      `Lull does not know the model ${name}; it is requested anyway, and its cost is unknown`,
    'languages-ignored':
      steers &&
      !takesLanguages(model) &&
      `${name} cannot be steered to a language; the language option is ignored`,
    'mode-ignored':
      asked.mode !== undefined &&
      mode === undefined &&
      `${name} has no modes; the mode option is ignored`,
  };
  return Object.entries(notes).flatMap(([code, message]) => (message ? { code, message } : []));
}

/** Keys are 32 characters today; this only keeps a pasted file out. */
const LONGEST_KEY = 512;

/**
 * Gives back a key that can travel in a header. `subject` begins the sentence: where the key was
 * found, or `That key`. `from` says where to get it again.
 * @throws DictationError `malformed-key`; the message never holds any part of the key
 */
export function checkKey(
  key: string,
  subject: string,
  from = 'https://www.assemblyai.com/dashboard',
): string {
  const fault = faultOf(key);
  if (fault === undefined) return key;
  throw new DictationError('malformed-key', `${subject} ${fault}; copy the key again from ${from}`);
}

function faultOf(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (/[\r\n]/.test(key)) return 'contains a line break';
  if (/\s/.test(key)) return 'contains a space';
  if (/[^!-~]/.test(key)) return 'contains a character that no key has';
  return key.length > LONGEST_KEY ? 'is too long to be a key' : undefined;
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
