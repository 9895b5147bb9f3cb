/**
 * `pro` models format every final and send one per turn. `us` models send lower-case finals unless
 * asked to format, and may then send two. `whisper` is treated like `us`, and so is a model that we
 * do not know: that is right for every family, if a little slower for some.
 */
export type ModelFamily = 'pro' | 'us' | 'whisper' | 'unknown';

export interface SpeechModel {
  readonly name: string;
  readonly family: ModelFamily;
  /** List price of a session hour (vendor's price list, read 2026-10-06); absent where none is known. */
  readonly usdPerHour?: number;
  /** What keyterms add to the hour; included in the Pro models. */
  readonly keytermsUsdPerHour: number;
  readonly status: 'current' | 'supported' | 'legacy' | 'unknown';
  /** ISO 639-1 codes that are known to be taken as `language_codes`. */
  readonly languages: readonly string[];
}

export const DEFAULT_MODEL = 'universal-3-6-pro';

/** As an app in production lists them for 3.6 Pro (read 2026-11-26); a bad code is refused with 3006. */
const LANGUAGES_3_6 =
  'af ar ca da de en es et fa fi fr gl he hi it ja ko mr nl nn no pt ro ru sv tr ur vi xh yue zh zu';
const LANGUAGES_3 = 'de en es fr it pt';

const PRO = {
  family: 'pro',
  usdPerHour: 0.45,
  keytermsUsdPerHour: 0,
  languages: LANGUAGES_3.split(' '),
} as const;
const US = { family: 'us', usdPerHour: 0.15, keytermsUsdPerHour: 0.04, languages: [] } as const;
const { usdPerHour: _, ...UNPRICED } = PRO;

/** The models the service documents, plus those it still accepts (probed live, 2026-09-24). */
export const MODELS: readonly SpeechModel[] = [
  { name: 'universal-3-6-pro', ...PRO, languages: LANGUAGES_3_6.split(' '), status: 'current' },
  { name: 'universal-3-5-pro', ...PRO, status: 'supported' },
  // In both of the vendor's SDKs since 2026-09-11; no price is published.
  { name: 'universal-3-6', ...UNPRICED, status: 'supported' },
  { name: 'universal-streaming-english', ...US, status: 'supported' },
  { name: 'universal-streaming-multilingual', ...US, status: 'supported' },
  { name: 'whisper-rt', ...US, family: 'whisper', status: 'legacy' },
  { name: 'u3-rt-pro', ...PRO, status: 'legacy' },
  { name: 'u3-rt-pro-beta-1', ...PRO, status: 'legacy' },
];

/** Model names are the vendor's and move: one that we do not know is sent as it is. */
export function findModel(name: string): SpeechModel {
  const known = MODELS.find((model) => model.name === name);
  return (
    known ?? { name, family: 'unknown', keytermsUsdPerHour: 0, status: 'unknown', languages: [] }
  );
}

/**
 * The language to steer `model` to for a person of this locale (`de_DE.UTF-8`, `en-US`): unclear
 * English came back as Mandarin without one. None where the model may not know it.
 */
export function languageOf(locale: string | undefined, model: SpeechModel): string | undefined {
  const code = /^([a-z]{2,3})([-_.@]|$)/i.exec(locale ?? '')?.[1]?.toLowerCase();
  return model.languages.find((language) => language === code);
}

/**
 * List price of `seconds` of open session, in US dollars; unknown for a model without one.
 */
export function listPriceUsd(
  modelName: string,
  { seconds, keyterms }: { readonly seconds: number; readonly keyterms: number },
): number | undefined {
  const { usdPerHour, keytermsUsdPerHour } = findModel(modelName);
  if (usdPerHour === undefined) return undefined;
  const perHour = usdPerHour + (keyterms > 0 ? keytermsUsdPerHour : 0);
  return Math.round((seconds / 3_600) * perHour * 1e6) / 1e6;
}
