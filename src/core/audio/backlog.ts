import { SAMPLE_RATE_HZ } from '../ports.ts';
import { levelOf } from './pcm.ts';

/** The service takes 50 to 1,000 ms a message and advises 50. */
export const FRAME_MS = 50;
export const FRAME_BYTES = (SAMPLE_RATE_HZ * 2 * FRAME_MS) / 1_000;

/** The most audio kept, in frames: 30 s. */
export const MOST_FRAMES = 30_000 / FRAME_MS;

/** Level of frame `number`; absent where it is not kept. */
export type LevelOf = (number: number) => number | undefined;

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

/** Cuts PCM of any chunking, odd lengths included, into frames of exactly 50 ms. */
export class Framer {
  #pending = new Uint8Array(FRAME_BYTES);
  #filled = 0;

  push(pcm: Uint8Array): readonly Uint8Array[] {
    const frames: Uint8Array[] = [];
    for (let offset = 0; offset < pcm.length; ) {
      const taken = Math.min(FRAME_BYTES - this.#filled, pcm.length - offset);
      this.#pending.set(pcm.subarray(offset, offset + taken), this.#filled);
      this.#filled += taken;
      offset += taken;
      if (this.#filled === FRAME_BYTES) frames.push(this.#take());
    }
    return frames;
  }

  /** The rest, padded with silence: a shorter message is refused with 3007. */
  flush(): Uint8Array | undefined {
    // Half a sample is no sound; it would click.
    if (this.#filled % 2 === 1) this.#pending[this.#filled - 1] = 0;
    return this.#filled === 0 ? undefined : this.#take();
  }

  #take(): Uint8Array {
    const frame = this.#pending;
    this.#pending = new Uint8Array(FRAME_BYTES);
    this.#filled = 0;
    return frame;
  }
}
