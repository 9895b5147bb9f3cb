/**
 * `pro` models format every final and send one per turn. `us` models send lower-case finals unless
 * asked to format, and may then send two. `whisper` is treated like `us`.
 */
export type ModelFamily = 'pro' | 'us' | 'whisper';

export interface SpeechModel {
  readonly name: string;
  readonly family: ModelFamily;
  /** List price of a session hour (vendor's price list, read 2026-10-06). */
  readonly usdPerHour: number;
  /** What keyterms add to the hour; included in the Pro models. */
  readonly keytermsUsdPerHour: number;
  readonly status: 'current' | 'supported' | 'legacy';
}

export const DEFAULT_MODEL = 'universal-3-6-pro';

const PRO = { family: 'pro', usdPerHour: 0.45, keytermsUsdPerHour: 0 } as const;
const US = { family: 'us', usdPerHour: 0.15, keytermsUsdPerHour: 0.04 } as const;

/** The models the service documents, plus those it still accepts (probed live, 2026-09-24). */
export const MODELS: readonly SpeechModel[] = [
  { name: 'universal-3-6-pro', ...PRO, status: 'current' },
  { name: 'universal-3-5-pro', ...PRO, status: 'supported' },
  { name: 'universal-streaming-english', ...US, status: 'supported' },
  { name: 'universal-streaming-multilingual', ...US, status: 'supported' },
  { name: 'whisper-rt', ...US, family: 'whisper', status: 'legacy' },
  { name: 'u3-rt-pro', ...PRO, status: 'legacy' },
  { name: 'u3-rt-pro-beta-1', ...PRO, status: 'legacy' },
];

export function findModel(name: string): SpeechModel | undefined {
  return MODELS.find((model) => model.name === name);
}
