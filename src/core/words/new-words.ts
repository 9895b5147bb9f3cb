import type { SessionWord, Turn } from '../../protocol/index.ts';

/** What the silence rule remembers of the turn being spoken. */
export interface WordsSeen {
  readonly order: number;
  readonly isOver: boolean;
  /** Words without case and punctuation, so that a formatted copy looks the same. */
  readonly spoken: string;
  /** End of the last word when these words first came, milliseconds of session audio. */
  readonly endMs?: number;
}

export type Heard =
  | { readonly kind: 'nothing-new' }
  /** The same words, with a better idea of when they ended. */
  | { readonly kind: 'speech-refined'; readonly endMs: number }
  /** `endMs` is absent where the Turn carries no word times. */
  | { readonly kind: 'speech'; readonly endMs?: number };

export interface NewWordsStep {
  readonly seen: WordsSeen | undefined;
  readonly heard: Heard;
}

/** A final's word ends lie up to 0.24 s after its partials' (measured live, 2026-09); twice that. */
const REFINEMENT_MS = 500;

const NOTHING_NEW: Heard = { kind: 'nothing-new' };

/**
 * Tells new words from repetitions: a repeated partial, a formatted copy, an empty turn and a late
 * duplicate are not speech and must not keep a billed session open.
 */
export function noticeWords(seen: WordsSeen | undefined, turn: Turn): NewWordsStep {
  const spoken = fold(turn);
  const endMs = lastEndMs(turn.words);
  const isSameTurn = seen !== undefined && turn.order === seen.order;
  if (seen && (turn.order < seen.order || (isSameTurn && seen.isOver))) {
    return { seen, heard: NOTHING_NEW };
  }
  if (spoken === '') {
    const words = isSameTurn ? seen : { spoken };
    return { seen: { ...words, order: turn.order, isOver: turn.isFinal }, heard: NOTHING_NEW };
  }
  if (isSameTurn && !isNew(seen, spoken, endMs)) {
    return { seen: { ...seen, spoken, isOver: turn.isFinal }, heard: refined(seen, endMs) };
  }
  const times = endMs === undefined ? {} : { endMs };
  return {
    seen: { order: turn.order, isOver: turn.isFinal, spoken, ...times },
    heard: { kind: 'speech', ...times },
  };
}

/** A rewrite of words already heard ends no later than they did; further words do. */
function isNew(seen: WordsSeen, spoken: string, endMs: number | undefined): boolean {
  if (spoken === seen.spoken) return false;
  if (endMs === undefined || seen.endMs === undefined) return spoken.length > seen.spoken.length;
  return endMs > seen.endMs;
}

function refined(seen: WordsSeen, endMs = 0): Heard {
  const laterMs = endMs - (seen.endMs ?? endMs);
  return laterMs > 0 && laterMs <= REFINEMENT_MS ? { kind: 'speech-refined', endMs } : NOTHING_NEW;
}

function fold({ transcript, words }: Turn): string {
  const text = words.length > 0 ? words.map((word) => word.text).join(' ') : transcript;
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function lastEndMs(words: readonly SessionWord[]): number | undefined {
  let lastMs: number | undefined;
  for (const { endMs } of words) if (lastMs === undefined || endMs > lastMs) lastMs = endMs;
  return lastMs;
}
