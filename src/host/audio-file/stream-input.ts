import { DictationError } from '../../core/index.ts';
import type { AudioInput } from './wav-layout.ts';

/** A stream, read as a file that only goes forward. */
export class StreamInput implements AudioInput {
  readonly name: string;
  readonly convert = 'ffmpeg -i INPUT -f wav -ar 16000 -ac 1 - | lull --audio -';
  /** Nobody knows before it ends. */
  readonly bytes = Number.POSITIVE_INFINITY;
  readonly #chunks: AsyncIterator<Uint8Array, unknown>;
  /** What has come and may still be asked for; it begins at `#place`. */
  #held: Uint8Array = new Uint8Array(0);
  #place = 0;

  constructor(name: string, stream: AsyncIterable<Uint8Array>) {
    this.name = name;
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Forgets all that is before `place`. */
  async read(place: number, length: number): Promise<Uint8Array> {
    for (;;) {
      const passed = Math.min(place - this.#place, this.#held.length);
      this.#held = this.#held.subarray(passed);
      this.#place += passed;
      if (this.#place === place && this.#held.length >= length) break;
      const chunk = await this.#next();
      if (chunk === undefined) break;
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    }
    return this.#place === place ? this.#held.subarray(0, length) : new Uint8Array(0);
  }

  /** All that was not read past, in pieces as they come. */
  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#held.length > 0) yield this.#held;
    for (;;) {
      const chunk = await this.#next();
      if (chunk === undefined) return;
      yield chunk;
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      return done ? undefined : value;
    } catch (cause) {
      const message = `${this.name} broke off; check the program that writes to it`;
      throw new DictationError('audio-unreadable', message, { cause });
    }
  }
}
