import type { DictationError } from '../core/index.ts';

/** A recognised word; times are milliseconds of the session's audio. */
export interface HeardWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Some audio has been listened to. */
export interface Progress {
  /** All of it up to now. */
  readonly heardMs: number;
  /** How likely speech was in it at best, 0 to 1. */
  readonly speech: number;
}

/** Calls come in the order of the audio and never from inside a call of the recognizer. */
export interface RecognizerListener {
  /** After what was heard in that audio has been told. */
  onHeard(progress: Progress): void;
  /** The open turn so far, which may differ from what was said before; `heardMs` is how far it listened. */
  onPartial(words: readonly string[], heardMs: number): void;
  /** The open turn is over. No words: what looked like words was none. */
  onFinal(words: readonly HeardWord[]): void;
  /** Once; nothing follows. */
  onFailed(error: DictationError): void;
}

/** Turns the audio of one session into words, and decides where a turn ends. */
export interface Recognizer {
  /**
   * Mono samples from -1 to 1 at `SAMPLE_RATE_HZ`, of any number. The array is the recognizer's to
   * keep; who waits for `onHeard` in between keeps it from having to hold much.
   */
  accept(samples: Float32Array): void;
  /** How much silence ends a turn, for audio accepted from now on. */
  setTurnSilence(silenceMs: number): void;
  /** Hears what was accepted to its end and finishes the open turn; resolves when that was reported. */
  endTurn(): Promise<void>;
  /** Drops what was not heard yet; the listener is not called again. May be called twice. */
  close(): void;
}

/** Where recognizers come from: a loaded model, or a script in a test. */
export interface RecognizerFactory {
  /** How many sessions may run at the same time. */
  readonly maxSessions: number;
  /** @throws DictationError `engine-unavailable` */
  open(listener: RecognizerListener): Promise<Recognizer>;
  /** May be called twice. */
  close(): Promise<void>;
}
