import type { Clock } from '../../../src/core/ports.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

/**
 * The clock of a busy machine: no timer is early, most are a little late, one in ten a lot. How late
 * follows from when it is due, and not from how many came before it: how many pieces a socket hands
 * over, and so how many timers its reader sets, is the system's choice.
 */
export class LateClock implements Clock {
  readonly #clock: Clock;
  readonly #seed: number;
  readonly #latestMs: number;

  constructor(clock: Clock, seed: number, latestMs: number) {
    this.#clock = clock;
    this.#seed = seed;
    this.#latestMs = latestMs;
  }

  now(): number {
    return this.#clock.now();
  }

  unixMs(): number {
    return this.#clock.unixMs();
  }

  schedule(delayMs: number, task: () => void): () => void {
    const random = new SeededRandom(this.#seed + Math.round(this.#clock.now() + delayMs));
    const latestMs = random.happens(0.1) ? this.#latestMs : this.#latestMs / 10;
    return this.#clock.schedule(delayMs + random.between(0, Math.round(latestMs)), task);
  }
}
