import type { Clock } from '../../src/core/ports.ts';
import type { SeededRandom } from './chaos-random.ts';

/** The clock of a busy machine: no timer is early, most are a little late, one in ten a lot. */
export class LateClock implements Clock {
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #latestMs: number;

  constructor(clock: Clock, random: SeededRandom, latestMs: number) {
    this.#clock = clock;
    this.#random = random;
    this.#latestMs = latestMs;
  }

  now(): number {
    return this.#clock.now();
  }

  unixMs(): number {
    return this.#clock.unixMs();
  }

  schedule(delayMs: number, task: () => void): () => void {
    const latestMs = this.#random.happens(0.1) ? this.#latestMs : this.#latestMs / 10;
    return this.#clock.schedule(delayMs + this.#random.between(0, Math.round(latestMs)), task);
  }
}
