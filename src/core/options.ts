import { DEFAULT_MODEL, findModel, MODELS, type SpeechModel } from './assemblyai/models.ts';
import { DictationError } from './errors.ts';

/** What a person may choose; everything has a default. Seconds; 0 switches a limit off. */
export interface DictationOptions {
  readonly silenceSeconds?: number;
  readonly noSpeechSeconds?: number;
  readonly warningSeconds?: number;
  readonly maxSeconds?: number;
  readonly model?: string;
  /** ISO 639-1 codes, most likely first. */
  readonly languages?: readonly string[];
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

const LIMITS = {
  silenceSeconds: { name: 'silence', fallback: 5, most: 10_800 },
  noSpeechSeconds: { name: 'no-speech', fallback: 10, most: 10_800 },
  warningSeconds: { name: 'warning', fallback: 3, most: 60 },
  maxSeconds: { name: 'max', fallback: 1_800, most: 86_400 },
} as const;

/** More than 100 are refused with 3006 (probed live, 2026-09-24); 50 characters is documented. */
export const MOST_KEYTERMS = 100;
export const LONGEST_KEYTERM = 50;
const MOST_LANGUAGES = 10;

/** @throws DictationError `invalid-option`, before anything is opened */
export function checkOptions(options: DictationOptions): CheckedOptions {
  const model = checkModel(options.model ?? DEFAULT_MODEL);
  const languages = checkLanguages(options.languages ?? []);
  const settings: DictationSettings = {
    silenceMs: checkLimit(options, 'silenceSeconds'),
    noSpeechMs: checkLimit(options, 'noSpeechSeconds'),
    warningMs: checkLimit(options, 'warningSeconds'),
    maxMs: checkLimit(options, 'maxSeconds'),
    model,
    languages,
    keyterms: checkKeyterms(options.keyterms ?? []),
  };
  return { settings, notes: notesOn(settings) };
}

function checkLimit(options: DictationOptions, field: keyof typeof LIMITS): number {
  const { name, fallback, most } = LIMITS[field];
  const seconds = options[field] ?? fallback;
  if (!(seconds >= 0 && seconds <= most)) {
    throw refuse(`${name} takes seconds from 0 to ${most}, where 0 switches it off`);
  }
  return seconds * 1_000;
}

function checkModel(name: string): SpeechModel {
  const model = findModel(name);
  if (model) return model;
  const known = MODELS.filter(({ status }) => status !== 'legacy').map((each) => each.name);
  throw refuse(`The model is not known; choose one of ${known.join(', ')}`);
}

function checkLanguages(languages: readonly string[]): readonly string[] {
  const unknown = languages.find((code) => !/^([a-z]{2}|multi)$/.test(code));
  if (unknown !== undefined) throw refuse('A language is a two-letter code such as en or de');
  if (languages.includes('multi') && languages.length > 1) {
    throw refuse('The language multi stands alone; name it without others');
  }
  if (languages.length > MOST_LANGUAGES) throw refuse(`At most ${MOST_LANGUAGES} languages`);
  return languages;
}

function checkKeyterms(keyterms: readonly string[]): readonly string[] {
  const terms = [...new Set(keyterms.map((term) => term.trim()).filter((term) => term !== ''))];
  if (terms.length > MOST_KEYTERMS) {
    throw refuse(
      `${terms.length} keyterms are more than the service takes; keep the best ${MOST_KEYTERMS}`,
    );
  }
  const long = terms.find((term) => [...term].length > LONGEST_KEYTERM);
  if (long !== undefined) {
    throw refuse(`A keyterm has more than ${LONGEST_KEYTERM} characters; shorten it`);
  }
  return terms;
}

function notesOn({ model, languages }: DictationSettings): readonly Note[] {
  const notes: Note[] = [];
  if (model.status === 'legacy') {
    notes.push({
      code: 'legacy-model',
      message: `${model.name} is a legacy model; ${DEFAULT_MODEL} is its successor`,
    });
  }
  if (languages.length > 0 && model.family !== 'pro') {
    notes.push({
      code: 'languages-ignored',
      message: `${model.name} cannot be steered to a language; the language option is ignored`,
    });
  }
  return notes;
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
