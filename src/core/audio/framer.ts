import { SAMPLE_RATE_HZ } from '../ports.ts';

/** The service takes 50 to 1,000 ms a message and advises 50. */
export const FRAME_MS = 50;
export const FRAME_BYTES = (SAMPLE_RATE_HZ * 2 * FRAME_MS) / 1_000;

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
