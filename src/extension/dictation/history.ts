/** A phrase that was heard in this window. */
export interface HeardPhrase {
  readonly text: string;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly fate: 'typed' | 'not-typed';
}

const MOST_PHRASES = 50;

/** The last phrases of this window, in memory only. */
export class History {
  #phrases: readonly HeardPhrase[] = [];

  /** Newest first. */
  get phrases(): readonly HeardPhrase[] {
    return this.#phrases;
  }

  add(phrase: HeardPhrase): void {
    this.#phrases = [phrase, ...this.#phrases].slice(0, MOST_PHRASES);
  }
}
