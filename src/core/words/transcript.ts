import type { Turn } from '../../protocol/index.ts';
import type { Word } from '../events.ts';
import { finalText } from './turns.ts';

/** Milliseconds of the dictation's audio. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Where a session's audio lies in the dictation's. It is one stretch, unless some of what waited had
 * to be left out: then what follows lies further on, and what came before stays where it was.
 */
export class Origins {
  readonly #stretches: { readonly fromMs: number; readonly originMs: number }[];

  /** The session's audio begins at `originMs` of the dictation's. */
  constructor(originMs: number) {
    this.#stretches = [{ fromMs: 0, originMs }];
  }

  /** After `fromMs` of the session's audio, `ms` were left out. */
  skip(fromMs: number, ms: number): void {
    this.#stretches.push({ fromMs, originMs: this.#originAt(fromMs) + ms });
  }

  toDictationMs(sessionMs: number): number {
    return sessionMs + this.#originAt(sessionMs);
  }

  /** The words of a turn, in the dictation's time. */
  wordsOf({ words }: Turn): readonly Word[] {
    return words.map((word) => ({
      ...word,
      startMs: this.toDictationMs(word.startMs),
      endMs: this.toDictationMs(word.endMs),
    }));
  }

  /** Where the words of a turn lie; absent where they carry no times. */
  spanOf({ words }: Turn): TimeSpan | undefined {
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) return undefined;
    return { startMs: this.toDictationMs(first.startMs), endMs: this.toDictationMs(last.endMs) };
  }

  #originAt(sessionMs: number): number {
    // A word may end with the stretch it belongs to, but not begin where the next one does.
    return this.#stretches.findLast(({ fromMs }) => fromMs < sessionMs)?.originMs ?? this.#first;
  }

  get #first(): number {
    return this.#stretches[0]?.originMs ?? 0;
  }
}

/** A finished turn of a session in the dictation's time. */
export interface Final extends TimeSpan {
  readonly text: string;
  readonly words: readonly Word[];
}

/** `sentMs`, the audio sent so far, stands in for the times of a turn whose words carry none. */
export function toFinal(turn: Turn, origins: Origins, sentMs: number): Final {
  const words = origins.wordsOf(turn);
  return {
    text: finalText(turn),
    startMs: words[0]?.startMs ?? sentMs,
    endMs: words.at(-1)?.endMs ?? sentMs,
    words,
  };
}
