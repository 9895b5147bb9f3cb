import { SAMPLE_RATE_HZ } from '../../core/index.ts';

const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000;
const WINDOW_MS = 5_000;
/** A sound card's clock is never off by as much. */
const MOST_LOST = 0.02;

/**
 * How far a recording falls behind the clock. Sound comes in pieces and a busy machine takes them
 * late, so of each window only the moment counts at which it was nearest to the clock.
 */
export class SoundLoss {
  #startedAtMs: number | undefined;
  #windowEndsMs = 0;
  #heardMs = 0;
  /** The least that the recording was behind, in the window before this one and in this one. */
  #before = Number.POSITIVE_INFINITY;
  #least = Number.POSITIVE_INFINITY;

  /** A piece came; gives the share that was lost once it is too much, 0 to 1. */
  heard(bytes: number, nowMs: number): number | undefined {
    this.#startedAtMs ??= nowMs;
    if (this.#windowEndsMs === 0) this.#windowEndsMs = nowMs + WINDOW_MS;
    this.#heardMs += bytes / BYTES_PER_MS;
    this.#least = Math.min(this.#least, nowMs - this.#startedAtMs - this.#heardMs);
    if (nowMs < this.#windowEndsMs) return undefined;

    const lost = (this.#least - this.#before) / WINDOW_MS;
    this.#before = this.#least;
    this.#least = Number.POSITIVE_INFINITY;
    this.#windowEndsMs = nowMs + WINDOW_MS;
    return lost > MOST_LOST ? lost : undefined;
  }
}
