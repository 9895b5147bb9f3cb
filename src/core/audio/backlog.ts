import { FRAME_MS } from './framer.ts';
import { levelOf } from './level.ts';

/** The most audio kept, in frames: 30 s. */
export const MOST_FRAMES = 30_000 / FRAME_MS;

export interface Frame {
  readonly pcm: Uint8Array;
  readonly levelDb: number;
}

/**
 * The frames of a dictation that may still be needed, by their number since its start. What was
 * sent stays until `forget`, so that a new session can be given it again.
 */
export class Backlog {
  #frames: Frame[] = [];
  #first = 0;

  /** Number of the oldest frame kept. */
  get first(): number {
    return this.#first;
  }

  /** Number the next frame will get. */
  get end(): number {
    return this.#first + this.#frames.length;
  }

  push(pcm: Uint8Array): Frame {
    const frame = { pcm, levelDb: levelOf(pcm) };
    this.#frames.push(frame);
    if (this.#frames.length > MOST_FRAMES) this.forget(this.end - MOST_FRAMES);
    return frame;
  }

  at(number: number): Frame | undefined {
    return this.#frames[number - this.#first];
  }

  /** Drops what lies before frame `number`. */
  forget(number: number): void {
    const count = Math.min(Math.max(number - this.#first, 0), this.#frames.length);
    this.#frames.splice(0, count);
    this.#first += count;
  }
}
