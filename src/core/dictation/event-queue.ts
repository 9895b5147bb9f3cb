import type { DictationEvent, DictationTrace } from '../events.ts';

export type Told = DictationEvent | DictationTrace;

/** Of these only the newest counts: a preview replaces the one before. */
const REPLACED: Partial<Record<Told['type'], 'preview' | 'count' | 'place'>> = {
  partial: 'preview',
  countdown: 'count',
  'countdown-cleared': 'count',
  behind: 'place',
  heard: 'place',
};
/** A service may warn, and send nonsense, without end; nobody reads more than the newest. */
const BOUNDED: readonly Told['type'][] = ['warning', 'frame-set-aside'];
const MOST = 100;

/** Holds the events that a slow consumer has not taken yet: every final, and of the rest the newest. */
export class EventQueue {
  readonly #events: Told[] = [];
  #wake: (() => void) | undefined;
  #state: 'open' | 'closed' = 'open';

  push(event: Told): void {
    if (this.#state === 'closed') return;
    const place = this.#placeOfOutdated(event);
    if (place !== -1) this.#events.splice(place, 1);
    this.#events.push(event);
    if (event.type === 'end') this.#state = 'closed';
    this.#wake?.();
  }

  /** The next event; `undefined` after the last one. One at a time. */
  async take(): Promise<Told | undefined> {
    while (this.#events.length === 0) {
      if (this.#state === 'closed') return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#events.shift();
  }

  /** Nobody will take any more. */
  close(): void {
    this.#state = 'closed';
    this.#events.length = 0;
    this.#wake?.();
  }

  #placeOfOutdated({ type }: Told): number {
    const kind = REPLACED[type];
    if (kind !== undefined)
      return this.#events.findLastIndex((event) => REPLACED[event.type] === kind);
    if (!BOUNDED.includes(type)) return -1;
    const alike = this.#events.filter((event) => event.type === type);
    return alike.length < MOST ? -1 : this.#events.findIndex((event) => event.type === type);
  }
}
