import type { DictationEvent } from '../events.ts';

/** Adds up speech that will not become text, and says so once it is known how much it is. */
export class DroppedAudio {
  readonly #emit: (event: DictationEvent) => void;
  #ms = 0;

  constructor(emit: (event: DictationEvent) => void) {
    this.#emit = emit;
  }

  add(ms: number): void {
    this.#ms += ms;
  }

  tell(): void {
    if (this.#ms === 0) return;
    const seconds = (this.#ms / 1_000).toFixed(1);
    this.#ms = 0;
    this.#emit({
      type: 'warning',
      code: 'audio-dropped',
      message: `${seconds} s of speech did not become text and are lost; say them again`,
    });
  }
}
