import type { Clock } from '../core/index.ts';

/** What this needs of `process`. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Interrupts {
  /** A Ctrl-C that came as a key press. */
  interrupt(): void;
  close(): void;
}

/** One Ctrl-C reaches us twice under a wrapper such as npm: from the terminal and handed on. */
const SAME_PRESS_MS = 50;

/** The first signal asks for a graceful stop; a Ctrl-C after it, for an end at once. */
export function watchInterrupts({
  signals,
  clock,
  onStop,
  onAbort,
}: {
  readonly signals: SignalSource;
  readonly clock: Clock;
  readonly onStop: () => void;
  readonly onAbort: () => void;
}): Interrupts {
  let stoppedAtMs: number | undefined;

  const stop = () => {
    if (stoppedAtMs !== undefined) return;
    stoppedAtMs = clock.now();
    onStop();
  };
  const interrupt = () => {
    if (stoppedAtMs === undefined) stop();
    else if (clock.now() - stoppedAtMs >= SAME_PRESS_MS) onAbort();
  };
  const listeners: readonly (readonly [NodeJS.Signals, () => void])[] = [
    ['SIGINT', interrupt],
    ['SIGTERM', stop],
    ['SIGHUP', stop],
  ];
  for (const [signal, listener] of listeners) {
    try {
      signals.on(signal, listener);
    } catch {
      // Windows has no SIGHUP or SIGTERM, and Deno refuses to listen for them there.
    }
  }

  return {
    interrupt,
    close() {
      for (const [signal, listener] of listeners) signals.off(signal, listener);
    },
  };
}
