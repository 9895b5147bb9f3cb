/** What this needs of `process`. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Interrupts {
  /** A Ctrl-C that came as a key press. */
  interrupt(): void;
}

/** The first signal asks for a graceful stop; a Ctrl-C after it, for an end at once. */
export function watchInterrupts({
  signals,
  onStop,
  onAbort,
}: {
  readonly signals: SignalSource;
  readonly onStop: () => void;
  readonly onAbort: () => void;
}): Interrupts {
  let state: 'running' | 'stopping' = 'running';

  const stop = () => {
    if (state === 'stopping') return;
    state = 'stopping';
    onStop();
  };
  const interrupt = () => {
    if (state === 'running') stop();
    else onAbort();
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

  return { interrupt };
}
