import type { Clock } from '../../core/index.ts';

/** A key that is held repeats itself first after up to this long, as the slowest keyboards are set. */
const FIRST_REPEAT_MS = 1_000;
/** The slowest repetition is some 500 ms apart; a pause longer than that is a key let go. */
const RELEASE_MS = 600;

export interface HoldListener {
  /** The key went down while dictating, and was not held. */
  onPress(): void;
  /** It is held still. */
  onHeld(): void;
  onRelease(): void;
}

/**
 * Tells a key that is held from one that is pressed again. VS Code tells an extension no release of
 * a key, but a key held down repeats its command, and the repetition ends with it.
 */
export class HoldKey {
  readonly #clock: Clock;
  readonly #listener: HoldListener;
  #state: 'up' | 'pressed' | 'held' = 'up';
  #atMs = Number.NEGATIVE_INFINITY;
  #cancel = () => {};

  constructor(clock: Clock, listener: HoldListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** The press that starts a dictation. */
  first(): void {
    this.reset();
    this.#state = 'pressed';
    this.#atMs = this.#clock.now();
  }

  /** Any later one, by hand or by the keyboard's repetition. */
  again(): void {
    const sinceMs = this.#clock.now() - this.#atMs;
    this.#atMs = this.#clock.now();
    if (this.#state === 'up' || sinceMs > FIRST_REPEAT_MS) {
      this.reset();
      this.#listener.onPress();
      return;
    }
    this.#state = 'held';
    this.#listener.onHeld();
    this.#cancel();
    this.#cancel = this.#clock.schedule(RELEASE_MS, () => {
      this.#state = 'up';
      this.#listener.onRelease();
    });
  }

  /** Whether a press before dictation began is only the repetition of the one before. */
  repeats(): boolean {
    const sinceMs = this.#clock.now() - this.#atMs;
    this.#atMs = this.#clock.now();
    return this.#state !== 'up' && sinceMs <= FIRST_REPEAT_MS;
  }

  reset(): void {
    this.#cancel();
    this.#state = 'up';
  }
}
