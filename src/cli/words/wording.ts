import type { DictationEvent } from '../../core/index.ts';
import type { Filter } from '../../host/index.ts';

export interface WordingOptions {
  /** What is written for what is heard. */
  readonly replace: (heard: string) => string;
  /** A command of the person's own, which every phrase then goes through. */
  readonly filter: Filter | undefined;
  /** Where each event goes on to, as it is to be told. */
  readonly onEvent: (event: DictationEvent) => void;
}

/** Between what was heard and what is told: puts the words of each final as the person wants them. */
export interface Wording {
  take(event: DictationEvent): void;
  /** Resolves when everything taken was told; rejects with what telling it threw. */
  told(): Promise<void>;
}

/**
 * Finals, and the end, wait for those before them. What else happens is told at once: a countdown
 * that came late would be no countdown.
 */
export function createWording({ replace, filter, onEvent }: WordingOptions): Wording {
  let queue = Promise.resolve();
  return {
    take(event) {
      const isInOrder = event.type === 'final' || event.type === 'end' || event.type === 'error';
      if (filter === undefined || !isInOrder) return onEvent(worded(event, replace));
      queue = queue.then(async () => {
        const replaced = worded(event, replace);
        if (replaced.type !== 'final') return onEvent(replaced);
        onEvent({ ...replaced, text: await filter.apply(replaced.text) });
      });
      // Who waits for the whole queue hears of it.
      queue.catch(() => {});
    },
    told: () => queue,
  };
}

function worded(event: DictationEvent, replace: (heard: string) => string): DictationEvent {
  return event.type === 'final' ? { ...event, text: replace(event.text) } : event;
}
