import type { Clock } from '../core/index.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** Time that moves only when a test moves it. */
export class FakeClock implements Clock {
  /** Moved by a test to play a wall clock that jumps. */
  unixAtStartMs = 1_799_990_000_000;
  #now = 0;
  readonly #tasks = new Set<Task>();

  now(): number {
    return this.#now;
  }

  unixMs(): number {
    return this.unixAtStartMs + this.#now;
  }

  schedule(delayMs: number, run: () => void): () => void {
    const task = { at: this.#now + Math.max(0, delayMs), run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Runs what falls due on the way, in order of time, including tasks scheduled meanwhile. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#tasks.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  /** Like `advance`, and lets the promises settle that each due task resolves before the next. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.advance(next.at - this.#now);
      await settled();
    }
    this.advance(end - this.#now);
    await settled();
  }

  /** How many tasks are still scheduled; 0 when everything was cleaned up. */
  get pending(): number {
    return this.#tasks.size;
  }

  /** When the next task falls due; absent where none is scheduled. */
  get nextDueMs(): number | undefined {
    return this.#due(Number.POSITIVE_INFINITY)?.at;
  }

  #due(end: number): Task | undefined {
    return [...this.#tasks].filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** A macrotask later: every promise that could settle without outside help has done so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
