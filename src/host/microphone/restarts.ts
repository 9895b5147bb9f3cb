import type { Clock } from '../../core/index.ts';

/** More breaks than this within the window are no accident. */
const MOST_BREAKS = 3;
const BREAK_WINDOW_MS = 10_000;
/** A sound server that is started again takes a second or two. */
const RETRY_LIMIT_MS = 5_000;

/** Whether a recording that broke off may begin again. */
export class Restarts {
  readonly #clock: Clock;
  #breaksMs: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A recording broke off: may another begin? */
  broke(): 'again' | 'give-up' {
    const nowMs = this.#clock.now();
    this.#breaksMs = this.#breaksMs.filter((atMs) => nowMs - atMs < BREAK_WINDOW_MS);
    this.#breaksMs.push(nowMs);
    return this.#breaksMs.length > MOST_BREAKS ? 'give-up' : 'again';
  }

  /** No recorder could begin: may they be asked once more? Never before the first recording. */
  failed(): 'again' | 'give-up' {
    const lastMs = this.#breaksMs.at(-1);
    if (lastMs === undefined) return 'give-up';
    return this.#clock.now() - lastMs < RETRY_LIMIT_MS ? 'again' : 'give-up';
  }
}
