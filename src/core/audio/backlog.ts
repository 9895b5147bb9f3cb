import { levelIn } from '../../sound/index.ts';
import { SAMPLE_RATE_HZ } from '../ports.ts';

/** The service takes 50 to 1,000 ms a message and advises 50. */
export const FRAME_MS = 50;
export const FRAME_BYTES = (SAMPLE_RATE_HZ * 2 * FRAME_MS) / 1_000;

/** The most audio kept, in frames: 30 s. */
export const MOST_FRAMES = 30_000 / FRAME_MS;

/** The ring grows by a second at a time, because most people pause long before the 30. */
const GROWTH_FRAMES = 1_000 / FRAME_MS;

/** Level of frame `number`; absent where it is not kept. */
export type LevelOf = (number: number) => number | undefined;

/**
 * The frames of a dictation that may still be needed, by their number since its start. What was
 * sent stays until `forget`, so that a new session can be given it again. A ring, because buffers
 * that come and go with every frame keep the garbage collector busy.
 */
export class Backlog {
  #pcm = new Uint8Array(GROWTH_FRAMES * FRAME_BYTES);
  #samples = new DataView(this.#pcm.buffer);
  #levels = new Float64Array(GROWTH_FRAMES);
  #first = 0;
  #end = 0;
  /** Bytes of frame `#end` that have come so far. */
  #filled = 0;

  /** Number of the oldest frame kept. */
  get first(): number {
    return this.#first;
  }

  /** Number the next frame will get. */
  get end(): number {
    return this.#end;
  }

  /** Takes PCM of any chunking, odd lengths included, and tells of every frame that it completes. */
  push(pcm: Uint8Array, onFrame: (levelDb: number) => void): void {
    for (let offset = 0; offset < pcm.length; ) {
      if (this.#filled === 0) this.#makeRoom();
      const length = Math.min(FRAME_BYTES - this.#filled, pcm.length - offset);
      const piece = length === pcm.length ? pcm : pcm.subarray(offset, offset + length);
      this.#pcm.set(piece, this.#offsetOf(this.#end) + this.#filled);
      this.#filled += length;
      offset += length;
      if (this.#filled === FRAME_BYTES) onFrame(this.#complete());
    }
  }

  /** The rest becomes a frame padded with silence: a shorter message is refused with 3007. */
  flush(onFrame: (levelDb: number) => void): void {
    if (this.#filled === 0) return;
    const offset = this.#offsetOf(this.#end);
    // Half a sample is no sound; it would click.
    this.#pcm.fill(0, offset + this.#filled - (this.#filled % 2), offset + FRAME_BYTES);
    onFrame(this.#complete());
  }

  /** Frame `number`, until it is forgotten; absent where it is not kept. */
  pcm(number: number): Uint8Array | undefined {
    if (!this.#isKept(number)) return undefined;
    const offset = this.#offsetOf(number);
    return this.#pcm.subarray(offset, offset + FRAME_BYTES);
  }

  /** Its level in dB relative to full scale. */
  level(number: number): number | undefined {
    return this.#isKept(number) ? this.#levels[number % this.#levels.length] : undefined;
  }

  /** Drops what lies before frame `number`. */
  forget(number: number): void {
    this.#first = Math.min(Math.max(number, this.#first), this.#end);
  }

  #isKept(number: number): boolean {
    return number >= this.#first && number < this.#end;
  }

  #offsetOf(number: number): number {
    return (number % this.#levels.length) * FRAME_BYTES;
  }

  #makeRoom(): void {
    const kept = this.#end - this.#first;
    if (kept < this.#levels.length) return;
    if (kept === MOST_FRAMES) this.forget(this.#first + 1);
    else this.#grow();
  }

  #grow(): void {
    const frames = this.#levels.length + GROWTH_FRAMES;
    const [pcm, levels] = [new Uint8Array(frames * FRAME_BYTES), new Float64Array(frames)];
    for (let number = this.#first; number < this.#end; number += 1) {
      pcm.set(this.pcm(number) ?? [], (number % frames) * FRAME_BYTES);
      levels[number % frames] = this.level(number) ?? 0;
    }
    this.#pcm = pcm;
    this.#samples = new DataView(pcm.buffer);
    this.#levels = levels;
  }

  #complete(): number {
    const levelDb = levelIn(this.#samples, this.#offsetOf(this.#end), FRAME_BYTES);
    this.#levels[this.#end % this.#levels.length] = levelDb;
    this.#end += 1;
    this.#filled = 0;
    return levelDb;
  }
}
