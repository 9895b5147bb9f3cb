import type { Clock } from '../../core/index.ts';

/** The recogniser is told no more often. */
const SHORTEST_MS = 10_000;

export interface Renewal {
  readonly clock: Clock;
  /** What the recogniser has been told to expect so far. */
  readonly told: readonly string[];
  /** Calls back when the person goes to another editor; gives what ends that. */
  watch(onMoved: () => void): { dispose(): void };
  find(): Promise<readonly string[]>;
  tell(keyterms: readonly string[]): void;
}

/** Keeps what the recogniser expects to what the person works at: looks once now, then with each editor. */
export function renewKeyterms({ clock, told, watch, find, tell }: Renewal): { dispose(): void } {
  let last = JSON.stringify(told);
  let dueMs = clock.now();
  let state: 'waiting' | 'scheduled' | 'over' = 'waiting';
  let cancel = () => {};

  const look = async () => {
    state = 'waiting';
    dueMs = clock.now() + SHORTEST_MS;
    const keyterms = await find();
    const found = JSON.stringify(keyterms);
    if (isOver() || found === last) return;
    last = found;
    tell(keyterms);
  };
  const isOver = () => state === 'over';
  const ask = () => {
    if (state !== 'waiting') return;
    state = 'scheduled';
    cancel = clock.schedule(Math.max(0, dueMs - clock.now()), () => void look());
  };

  const watching = watch(ask);
  ask();
  return {
    dispose() {
      state = 'over';
      cancel();
      watching.dispose();
    },
  };
}
