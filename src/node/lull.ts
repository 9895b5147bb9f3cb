import { type DictateOptions, type Dictation, dictate as overAnySocket } from '../core/index.ts';
import { createMonotonicClock, openWebSocket } from '../host/index.ts';

export * from '../core/index.ts';

/**
 * What `lull` means on Node, Deno and Bun: the same call, over `ws` unless told otherwise. Their own
 * sockets hide why they were refused and are never asked whether they are still there; Node 20 has none.
 */
export function dictate(options: DictateOptions): Dictation {
  const ports = { openSocket: openWebSocket, clock: createMonotonicClock(), ...options.ports };
  return overAnySocket({ ...options, ports });
}
