import { SAMPLE_RATE_HZ, VoiceDetector } from '../../core/index.ts';
import { encodePcm16, levelOf } from '../../sound/index.ts';

/** How much audio is heard between two looks at the decoder and at the level. */
export const SLICE_SAMPLES = SAMPLE_RATE_HZ / 20;

/** Kaldi's own rule: it reports an end after this much silence behind words that could be a sentence. */
export const DECODER_SILENCE_MS = 500;

/** A word reaches the partial this long after it ended (bench/engine-endpoint.mjs). */
const WORD_LAG_MS = 320;

/** What the decoder says after one slice. */
export interface DecoderView {
  readonly partial: string;
  readonly verdict: 'going-on' | 'at-end';
}

/**
 * Measures the silence behind the last word by two witnesses, because each is blind somewhere. The
 * level is quick but hears no difference between a voice and a loud room; the decoder knows words
 * from noise but says so 0.4 s later. The longer silence counts.
 */
export class TurnEnd {
  readonly #voice = new VoiceDetector();
  #heardMs = 0;
  #partial = '';
  #changedAtMs = 0;
  #decoderSilentSinceMs: number | undefined;

  /** All audio up to now. */
  get heardMs(): number {
    return this.#heardMs;
  }

  /** Whether it was loud enough for a voice just now. */
  get isVoice(): boolean {
    return this.#voice.sinceVoiceMs(this.#heardMs) === 0;
  }

  /** Less than a slice, at the end of a turn: it counts as time, and is too short to be judged. */
  pass(rest: Float32Array): void {
    this.#heardMs += durationMs(rest);
  }

  hear(slice: Float32Array, { partial, verdict }: DecoderView): void {
    this.#heardMs += durationMs(slice);
    this.#voice.hear(levelOf(encodePcm16(slice)), this.#heardMs);
    if (partial !== this.#partial) this.#changedAtMs = this.#heardMs;
    this.#partial = partial;
    if (verdict === 'going-on') this.#decoderSilentSinceMs = undefined;
    else this.#decoderSilentSinceMs ??= this.#heardMs - DECODER_SILENCE_MS;
  }

  /** Milliseconds of audio since the last word ended. */
  get silenceMs(): number {
    // A voice too faint for the level still changes the words.
    const unchangedMs = this.#heardMs - this.#changedAtMs + WORD_LAG_MS;
    const quietMs = Math.min(this.#voice.sinceVoiceMs(this.#heardMs), unchangedMs);
    const decodedMs = this.#heardMs - (this.#decoderSilentSinceMs ?? this.#heardMs);
    return Math.max(quietMs, decodedMs);
  }
}

function durationMs(samples: Float32Array): number {
  return (samples.length / SAMPLE_RATE_HZ) * 1_000;
}
