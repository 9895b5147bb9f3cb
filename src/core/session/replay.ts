import type { Backlog } from '../audio/backlog.ts';
import { chooseCut } from '../audio/cut.ts';
import { FRAME_MS } from '../audio/framer.ts';

/** Where a final without word times ended: finals come about this long after (live, 2026-09). */
const FINAL_LAG_MS = 420;
/** Words committed may have ended this much before the time told for them. */
const KEPT_BEFORE_MS = 500;

/** Remembers how much of the audio has become text, and so what a new session must hear again. */
export class Replay {
  readonly #backlog: Backlog;
  #committedEndMs: number | undefined;
  #originFrame = 0;
  #nextStartMs: number | undefined;

  constructor(backlog: Backlog) {
    this.#backlog = backlog;
  }

  /** Milliseconds of the dictation's audio that need not be heard again. */
  get committedMs(): number {
    return this.#committedEndMs ?? this.#originFrame * FRAME_MS;
  }

  /** A session begins to hear at frame `number`. */
  sessionHearsFrom(number: number): void {
    this.#originFrame = number;
    this.#nextStartMs = undefined;
  }

  /** A final was delivered; `endMs` is absent where its words carry no times. */
  committed(endMs: number | undefined, sentMs: number): void {
    const told = Math.min(endMs ?? sentMs - FINAL_LAG_MS, sentMs);
    this.#committedEndMs = Math.max(this.committedMs, told);
    this.#nextStartMs = undefined;
    this.#backlog.forget(Math.floor((this.#committedEndMs - KEPT_BEFORE_MS) / FRAME_MS));
  }

  /** A turn is being spoken whose first word begins at `startMs`. */
  opened(startMs: number | undefined): void {
    this.#nextStartMs ??= startMs;
  }

  /** The frame the next session starts from, of those sent up to `sentFrames`. */
  nextFrame(sentFrames: number): number {
    if (this.#committedEndMs === undefined) return Math.min(this.#originFrame, sentFrames);
    const cut = chooseCut({
      committedEndMs: this.#committedEndMs,
      nextStartMs: this.#nextStartMs,
      levelOf: (number) => this.#backlog.at(number)?.levelDb,
    });
    return Math.min(Math.max(cut, 0), sentFrames);
  }
}
