import type { DictationEvent } from '../events.ts';

/** Adds up audio that no session will hear, and says so once it is known how much it is. */
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
      kind: 'warning',
      code: 'audio-dropped',
      message: `${seconds} s of speech could not be sent and are lost; say them again`,
    });
  }
}
