import { SAMPLE_RATE_HZ } from '../../core/index.ts';
import { decodePcm16, Resampler } from '../../sound/index.ts';
import type { Encoding } from '../session/session-settings.ts';

export interface AudioFormat {
  readonly encoding: Encoding;
  readonly sampleRateHz: number;
}

/** Turns the bytes of a session into samples at the rate the recognizer wants. */
export class AudioDecoder {
  readonly #format: AudioFormat;
  readonly #resampler: Resampler | undefined;

  constructor(format: AudioFormat) {
    this.#format = format;
    this.#resampler =
      format.sampleRateHz === SAMPLE_RATE_HZ
        ? undefined
        : new Resampler({ fromRateHz: format.sampleRateHz, toRateHz: SAMPLE_RATE_HZ });
  }

  durationMs(bytes: number): number {
    const bytesPerSample = this.#format.encoding === 'pcm_s16le' ? 2 : 1;
    return (bytes / bytesPerSample / this.#format.sampleRateHz) * 1_000;
  }

  decode(frame: Uint8Array): Float32Array {
    const samples =
      this.#format.encoding === 'pcm_s16le' ? decodePcm16(frame) : Float32Array.from(frame, expand);
    return this.#resampler ? this.#resampler.push(samples) : samples;
  }

  /** What the resampler still holds, once no more will come before it is needed. */
  flush(): Float32Array {
    return this.#resampler ? this.#resampler.flush() : new Float32Array(0);
  }
}

/** One byte of G.711 mu-law as a sample: sign, exponent and mantissa, all bits inverted. */
function expand(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  const sample = (magnitude - 0x84) / 32_768;
  return bits & 0x80 ? -sample : sample;
}
