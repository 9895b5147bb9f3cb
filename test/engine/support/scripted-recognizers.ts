import type { DictationError } from '../../../src/core/index.ts';
import type {
  HeardWord,
  Recognizer,
  RecognizerFactory,
  RecognizerListener,
} from '../../../src/engine/index.ts';

/** What the scripted recognizer hears once `atMs` of audio came in; it then speaks at once. */
export interface Hearing {
  readonly atMs: number;
  readonly partial?: string;
  readonly final?: string;
}

export interface ScriptedRecognizers extends RecognizerFactory {
  /** One per session, in order. */
  readonly opened: readonly ScriptedRecognizer[];
}

interface Script {
  readonly hearings?: readonly Hearing[];
  /** What is still open at `endTurn`. */
  readonly pending?: string;
  readonly maxSessions?: number;
  /** It hears nothing of what it is given until the test calls `hear`. */
  readonly pace?: 'at-once' | 'when-told';
  readonly failsWith?: DictationError;
}

/** Recognizers that play a script on the audio's clock, so the protocol can be tested without a model. */
export function scriptRecognizers(script: Script = {}): ScriptedRecognizers {
  const opened: ScriptedRecognizer[] = [];
  return {
    opened,
    maxSessions: script.maxSessions ?? 2,
    async open(listener) {
      if (script.failsWith) throw script.failsWith;
      const recognizer = new ScriptedRecognizer(script, listener);
      opened.push(recognizer);
      return recognizer;
    },
    async close() {},
  };
}

export class ScriptedRecognizer implements Recognizer {
  readonly listener: RecognizerListener;
  /** The first two seconds of what it was given. */
  readonly samples: number[] = [];
  turnSilenceMs = 0;
  isClosed = false;
  readonly #hearings: Hearing[];
  readonly #pace: Script['pace'];
  #pending: string | undefined;
  #acceptedMs = 0;
  #heardMs = 0;
  #onAllHeard: () => void = () => {};

  constructor(script: Script, listener: RecognizerListener) {
    this.listener = listener;
    this.#hearings = [...(script.hearings ?? [])];
    this.#pending = script.pending;
    this.#pace = script.pace;
  }

  /** Of audio; all of it was accepted. */
  get acceptedMs(): number {
    return this.#acceptedMs;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  accept(samples: Float32Array): void {
    if (this.#acceptedMs < 2_000) this.samples.push(...samples);
    this.#acceptedMs += samples.length / 16;
    if (this.#pace !== 'when-told') this.hear();
  }

  /** Hears all that was accepted. */
  hear(): void {
    this.#heardMs = this.acceptedMs;
    while ((this.#hearings[0]?.atMs ?? Number.POSITIVE_INFINITY) <= this.heardMs) {
      const hearing = this.#hearings.shift();
      if (hearing?.partial !== undefined) {
        this.listener.onPartial(hearing.partial.split(' ').filter(Boolean), this.heardMs);
      }
      if (hearing?.final !== undefined) this.listener.onFinal(heardWords(hearing.final));
    }
    this.#onAllHeard();
    this.listener.onHeard({ heardMs: this.heardMs, speech: 1 });
  }

  setTurnSilence(silenceMs: number): void {
    this.turnSilenceMs = silenceMs;
  }

  async endTurn(): Promise<void> {
    if (this.heardMs < this.acceptedMs) {
      await new Promise<void>((resolve) => {
        this.#onAllHeard = resolve;
      });
    }
    const text = this.#pending;
    this.#pending = undefined;
    this.listener.onFinal(heardWords(text ?? ''));
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Words of 200 ms each, one after the other. */
export function heardWords(text: string): readonly HeardWord[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word, index) => ({
      text: word,
      startMs: index * 200,
      endMs: (index + 1) * 200,
      confidence: 0.9,
    }));
}
