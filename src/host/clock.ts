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
        const furtherMs = remainingMs - LONGEST_TIMER_MS;
        timer =
          furtherMs > 0
            ? setTimeout(arm, LONGEST_TIMER_MS, furtherMs)
            : setTimeout(task, remainingMs);
      };
      arm(delayMs);
      return () => clearTimeout(timer);
    },
  };
}
