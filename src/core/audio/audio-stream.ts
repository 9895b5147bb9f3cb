import { decodePcm16, encodePcm16, Resampler } from '../../sound/index.ts';
import { DictationError } from '../errors.ts';
import {
  type AudioListener,
  type AudioSource,
  type RunningAudio,
  SAMPLE_RATE_HZ,
} from '../ports.ts';

/** Chunks of any length, signed 16-bit little-endian, mono. */
export type AudioChunks =
  | AsyncIterable<ArrayBufferView>
  | {
      getReader(): {
        read(): Promise<{ readonly done: boolean; readonly value?: ArrayBufferView | undefined }>;
        cancel(): Promise<unknown>;
      };
    };

export interface AudioStreamOptions {
  readonly name: string;
  /** Whole Hz. */
  readonly sampleRateHz: number;
}

/** A source that pulls: it takes the next chunk only while there is room for it. */
export function audioStream(
  chunks: AudioChunks,
  { name, sampleRateHz }: AudioStreamOptions,
): AudioSource {
  return {
    kind: 'live',
    name,
    start: (listener) => new Pull(chunks, sampleRateHz, listener),
  };
}

class Pull implements RunningAudio {
  readonly #listener: AudioListener;
  readonly #next: () => Promise<ArrayBufferView | undefined>;
  readonly #leave: () => Promise<unknown>;
  readonly #convert: Converter;
  #state: 'running' | 'ended' = 'running';
  #resume: (() => void) | undefined;
  #isPaused = false;

  constructor(chunks: AudioChunks, sampleRateHz: number, listener: AudioListener) {
    this.#listener = listener;
    this.#convert = new Converter(sampleRateHz);
    if ('getReader' in chunks) {
      const reader = chunks.getReader();
      this.#next = async () => (await reader.read()).value;
      this.#leave = () => reader.cancel();
    } else {
      const iterator = chunks[Symbol.asyncIterator]();
      this.#next = async () => {
        const { done, value } = await iterator.next();
        return done ? undefined : value;
      };
      this.#leave = async () => iterator.return?.();
    }
    void this.#run();
  }

  stop(): void {
    this.#end(() => this.#listener.onEnd({ kind: 'ended' }));
  }

  abort(): void {
    this.stop();
  }

  setPaused(state: 'paused' | 'running'): void {
    this.#isPaused = state === 'paused';
    if (!this.#isPaused) this.#resume?.();
  }

  async #run(): Promise<void> {
    try {
      while (this.#state === 'running') {
        if (this.#isPaused) await new Promise<void>((resolve) => (this.#resume = resolve));
        const chunk = await this.#next();
        if (this.#state !== 'running') return;
        if (chunk === undefined) {
          this.#give(this.#convert.flush());
          this.#end(() => this.#listener.onEnd({ kind: 'ended' }));
        } else {
          this.#give(this.#convert.push(chunk));
        }
      }
    } catch (cause) {
      const message = 'The audio stream failed; the words before it are kept';
      const error = new DictationError('audio-unreadable', message, { cause });
      this.#end(() => this.#listener.onEnd({ kind: 'failed', error }));
    }
  }

  #give(pcm: Uint8Array): void {
    if (pcm.length > 0) this.#listener.onAudio(pcm);
  }

  #end(tell: () => void): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#resume?.();
    // Whoever made the stream may take its time to close it, or fail at it: it is over all the same.
    this.#leave().catch(() => {});
    tell();
  }
}

/** Any cutting, odd lengths included, into PCM of our rate. */
class Converter {
  readonly #resampler: Resampler | undefined;
  #odd = new Uint8Array(0);

  constructor(fromRateHz: number) {
    if (fromRateHz === SAMPLE_RATE_HZ) return;
    this.#resampler = new Resampler({ fromRateHz, toRateHz: SAMPLE_RATE_HZ });
  }

  push({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    if (!this.#resampler) return bytes.slice();
    const whole = new Uint8Array(this.#odd.length + bytes.length);
    whole.set(this.#odd);
    whole.set(bytes, this.#odd.length);
    const even = whole.length & ~1;
    this.#odd = whole.slice(even);
    return encodePcm16(this.#resampler.push(decodePcm16(whole.subarray(0, even))));
  }

  flush(): Uint8Array {
    return this.#resampler ? encodePcm16(this.#resampler.flush()) : new Uint8Array(0);
  }
}
