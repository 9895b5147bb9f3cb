import { FRAME_MS } from './framer.ts';

/** The service wants real time; up to 1.25 times is safe, and a little less leaves room for jitter. */
const FASTEST = 1.2;
const INTERVAL_MS = FRAME_MS / FASTEST;

/** A timer may be this late every time and cost nothing: on Windows 16 ms are usual. */
const MADE_UP_FOR_MS = INTERVAL_MS;

/**
 * Says when the next frame may go, so that any stretch of sending is at most one frame ahead of
 * 1.25x. Without making up for late timers, a busy machine would send less than is said.
 */
export class Pacer {
  #next = Number.NEGATIVE_INFINITY;
  #lateness: 'the-timer' | 'the-audio' = 'the-audio';

  /** Milliseconds until the next frame may be sent; 0 or less is now. */
  waitMs(nowMs: number): number {
    const waitMs = this.#next - nowMs;
    if (waitMs > 0) this.#lateness = 'the-timer';
    return waitMs;
  }

  sent(nowMs: number): void {
    const madeUpForMs = this.#lateness === 'the-timer' ? MADE_UP_FOR_MS : 0;
    this.#next = Math.max(this.#next, nowMs - madeUpForMs) + INTERVAL_MS;
    this.#lateness = 'the-audio';
  }
}
