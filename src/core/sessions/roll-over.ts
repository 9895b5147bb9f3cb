import type { Clock } from '../ports.ts';

/** The new session is opened this long before the old one would be cut. */
const AHEAD_MS = 30_000;
/** Without a pause in the speech the change is made this long before. */
const LATEST_MS = 5_000;
/** A session that would expire sooner is not worth replacing; its loss is handled as any other. */
const SHORTEST_LIFE_MS = 45_000;
/** The service's own maximum, three hours, and some minutes for clocks that differ. */
const LONGEST_LIFE_MS = 3 * 3_600_000 + 300_000;
const LOOK_EVERY_MS = 100;

export interface RollOverPorts {
  readonly clock: Clock;
  /** Time to open the successor. */
  onOpen(): void;
  /** Whether the change can be made now, unheard. */
  isPause(): boolean;
  /** Whether the successor can take over. */
  isReady(): boolean;
  /** Time to change over. */
  onChange(): void;
}

/**
 * Plans the change to a new session before the old one expires, at a pause between turns. An
 * expiry that is absent, past or absurd plans nothing: then the service's own cut is awaited.
 * Returns the way to stop.
 */
export function planRollOver(expiresAt: number | undefined, ports: RollOverPorts): () => void {
  const { clock, onOpen, isPause, isReady, onChange } = ports;
  const lifeMs = (expiresAt ?? 0) * 1_000 - clock.unixMs();
  if (lifeMs < SHORTEST_LIFE_MS || lifeMs > LONGEST_LIFE_MS) return () => {};

  const latestMs = clock.now() + lifeMs - LATEST_MS;
  const look = (): void => {
    if (isReady() && (isPause() || clock.now() >= latestMs)) onChange();
    else cancel = clock.schedule(LOOK_EVERY_MS, look);
  };
  let cancel = clock.schedule(lifeMs - AHEAD_MS, () => {
    onOpen();
    look();
  });
  return () => cancel();
}
