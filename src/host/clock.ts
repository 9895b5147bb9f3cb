import type { Clock } from '../core/index.ts';

/** The longest delay a platform timer holds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Real time, unmoved by changes of the wall clock. */
export function createMonotonicClock(): Clock {
  return {
    now: () => performance.now(),
    unixMs: () => Date.now(),
    schedule(delayMs, task) {
      let timer: ReturnType<typeof setTimeout>;
      const arm = (remainingMs: number) => {
        const stepMs = Math.min(remainingMs, LONGEST_TIMER_MS);
        timer = setTimeout(() => {
          if (remainingMs > stepMs) arm(remainingMs - stepMs);
          else task();
        }, stepMs);
      };
      arm(delayMs);
      return () => clearTimeout(timer);
    },
  };
}
