import type { Clock } from '../ports.ts';

const LOOK_EVERY_MS = 1_000;
/** A busy machine delays a timer by less; a lid that was closed by more. */
const ASLEEP_MS = 5_000;

/**
 * Tells when the machine has slept. On some systems the monotonic clock stands still meanwhile, so
 * the wall clock runs ahead of it; on the others a timer comes late. Returns the way to stop.
 */
export function watchForWake(clock: Clock, onWake: () => void): () => void {
  let cancel = () => {};
  const look = (): void => {
    const nowMs = clock.now();
    const unixMs = clock.unixMs();
    cancel = clock.schedule(LOOK_EVERY_MS, () => {
      const lateMs = clock.now() - nowMs - LOOK_EVERY_MS;
      const gapMs = clock.unixMs() - unixMs - LOOK_EVERY_MS;
      if (Math.max(lateMs, gapMs) > ASLEEP_MS) onWake();
      else look();
    });
  };
  look();
  return () => cancel();
}
