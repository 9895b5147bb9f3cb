import type { HeardWord } from '../recognizer.ts';
import type { Model } from './model.ts';
import { SLICE_SAMPLES, TurnEnd } from './turn-end.ts';
import type { VoskRecognizer } from './wasm-module.ts';

const BYTES_PER_SAMPLE = 4;
/** Kaldi reckons in the units of 16-bit samples. */
const KALDI_SCALE = 32_768;

/** What came of some audio, in order. */
export type Hearing =
  | { readonly kind: 'partial'; readonly words: readonly string[]; readonly heardMs: number }
  | { readonly kind: 'final'; readonly words: readonly HeardWord[] };

/** Everything that came of one piece of work. */
export interface Heard {
  readonly hearings: readonly Hearing[];
  /** 1 where it was loud enough for a voice at any moment, else 0. */
  readonly speech: number;
}

/** One session inside the recogniser's thread: slices in, partials and finals out. */
export class Listening {
  readonly #model: Model;
  readonly #recognizer: VoskRecognizer;
  readonly #address: number;
  readonly #turnEnd = new TurnEnd();
  /** Samples short of a slice. Levels can be compared only between slices of one length. */
  #rest = new Float32Array(0);
  #partial = '';

  constructor(model: Model) {
    this.#model = model;
    this.#recognizer = model.createRecognizer();
    this.#address = model.module._malloc(SLICE_SAMPLES * BYTES_PER_SAMPLE);
  }

  hear(samples: Float32Array, turnSilenceMs: number): Heard {
    const hearings: Hearing[] = [];
    let speech = 0;
    const all = new Float32Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    const whole = all.length - (all.length % SLICE_SAMPLES);
    for (let at = 0; at < whole; at += SLICE_SAMPLES) {
      const hearing = this.#hearSlice(all.subarray(at, at + SLICE_SAMPLES), turnSilenceMs);
      if (hearing) hearings.push(hearing);
      if (this.#turnEnd.isVoice) speech = 1;
    }
    this.#rest = all.slice(whole);
    return { hearings, speech };
  }

  /** The open turn's final, whatever the silence. */
  finishTurn(): Hearing {
    this.#decode(this.#rest);
    this.#turnEnd.pass(this.#rest);
    this.#rest = new Float32Array(0);
    this.#partial = '';
    return { kind: 'final', words: finalWords(this.#recognizer.FinalResult()) };
  }

  free(): void {
    this.#model.module._free(this.#address);
    this.#recognizer.delete();
  }

  #hearSlice(slice: Float32Array, turnSilenceMs: number): Hearing | undefined {
    const atEnd = this.#decode(slice);
    const partial = partialText(this.#recognizer.PartialResult());
    this.#turnEnd.hear(slice, { partial, verdict: atEnd ? 'at-end' : 'going-on' });
    if (partial !== '' && this.#turnEnd.silenceMs >= turnSilenceMs) return this.#takeResult();
    // Long silence without words: starting over keeps the decoder's memory small.
    if (partial === '' && atEnd) return this.#partial === '' ? this.#discard() : this.#takeResult();
    if (partial === this.#partial) return undefined;
    this.#partial = partial;
    const words = partial.split(' ').filter(Boolean);
    return { kind: 'partial', words, heardMs: this.#turnEnd.heardMs };
  }

  #decode(samples: Float32Array): boolean {
    if (samples.length === 0) return false;
    // The memory moves when it grows, so the view is taken anew each time.
    const memory = this.#model.module.HEAPF32;
    const first = this.#address / BYTES_PER_SAMPLE;
    for (const [index, sample] of samples.entries()) memory[first + index] = sample * KALDI_SCALE;
    return this.#recognizer.AcceptWaveform(this.#address, samples.length);
  }

  #takeResult(): Hearing {
    this.#partial = '';
    return { kind: 'final', words: finalWords(this.#recognizer.Result()) };
  }

  #discard(): undefined {
    this.#recognizer.Result();
  }
}

function partialText(json: string): string {
  const { partial } = JSON.parse(json) as { readonly partial?: string };
  return withoutTags(partial ?? '');
}

function finalWords(json: string): readonly HeardWord[] {
  const { result = [] } = JSON.parse(json) as { readonly result?: readonly VoskWord[] };
  return result
    .filter(({ word }) => withoutTags(word) !== '')
    .map(({ word, start, end, conf }) => ({
      text: word,
      startMs: Math.round(start * 1_000),
      endMs: Math.round(end * 1_000),
      confidence: Math.min(Math.max(conf, 0), 1),
    }));
}

interface VoskWord {
  readonly word: string;
  /** Seconds of the session's audio. */
  readonly start: number;
  readonly end: number;
  readonly conf: number;
}

/** Models write what is not a word as `[unk]`, `<unk>` or `[laughter]`. */
function withoutTags(text: string): string {
  return text
    .split(' ')
    .filter((word) => !/^[<[]/.test(word))
    .join(' ');
}
