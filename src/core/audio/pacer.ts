import { FRAME_MS } from './framer.ts';

/** The service wants real time; up to 1.25 times is safe, and a little less leaves room for jitter. */
const FASTEST = 1.2;
const INTERVAL_MS = FRAME_MS / FASTEST;

/**
 * Says when the next frame may go, so that no stretch of sending is faster than 1.25x. A late
 * timer is made up for by the pace, never by a burst.
 */
export class Pacer {
  #next = Number.NEGATIVE_INFINITY;

  /** Milliseconds until the next frame may be sent; 0 or less is now. */
  waitMs(nowMs: number): number {
    return this.#next - nowMs;
  }

  sent(nowMs: number): void {
    this.#next = Math.max(this.#next, nowMs) + INTERVAL_MS;
  }
}
