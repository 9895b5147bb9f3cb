import type { HeardWord } from '../recognizer.ts';

/**
 * How long after its end a word shows up. A little under the median that bench/engine-endpoint.mjs
 * measures, because a word that seems to end too early would bring a client's stop forward.
 */
const LAG_MS = 320;
/** An ordinary word; a longer gap before it is taken for a pause. */
const WORD_MS = 300;

/**
 * Times for the words of a partial. The recognizer gives true times with the final only: asking
 * for them earlier would hold each partial back by a second. Until then a word is taken to have
 * ended a fixed time before it was first shown, which puts it within some 0.2 s of the truth.
 */
export class WordClock {
  #times: readonly { readonly startMs: number; readonly endMs: number }[] = [];
  #finishedMs = 0;

  /** `heardMs` is how much audio had been listened to when these words were shown. */
  stamp(words: readonly string[], heardMs: number): readonly HeardWord[] {
    const known = this.#times.slice(0, words.length);
    const added = words.length - known.length;
    const beforeMs = known.at(-1)?.endMs ?? this.#finishedMs;
    const lastEndMs = Math.max(beforeMs, heardMs - LAG_MS);
    const stepMs = added === 0 ? 0 : Math.min(WORD_MS, (lastEndMs - beforeMs) / added);
    // A word ends where the next one starts, to the same rounded millisecond.
    const endOf = (index: number) => Math.round(lastEndMs - (added - 1 - index) * stepMs);
    const fresh = Array.from({ length: added }, (_, index) => ({
      startMs: endOf(index - 1),
      endMs: endOf(index),
    }));
    this.#times = [...known, ...fresh];
    return this.#times.map((time, index) => ({
      text: words[index] ?? '',
      ...time,
      confidence: 0.5,
    }));
  }

  /** The turn is over and its last word ended at `endMs`; the next one begins after it. */
  finish(endMs: number): void {
    this.#times = [];
    this.#finishedMs = Math.max(this.#finishedMs, endMs);
  }
}
