import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../../../src/core/ports.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { areAtRest } from './sockets-at-rest.ts';

/** Turns of the event loop without any movement, after which nobody has anything left to do. */
const TURNS_AT_REST = 3;
/** What is on its way for longer than this, of real time, will not arrive. */
const LONGEST_WAY_MS = 1_000;

/** Time for a dictation over real sockets: how it passes, and how to wait in it. */
export interface ChaosTime {
  readonly clock: Clock;
  /** By how much what happens may be measured too late. */
  readonly jitterMs: number;
  /** Something came in through a socket. */
  moved(): void;
  /** The sockets connected through this port belong to the dictation. */
  follow(port: number): void;
  /** Lets time pass until the condition holds; false when the limit comes first. */
  until(condition: () => boolean, limitMs: number): Promise<boolean>;
}

/**
 * Time that stands still while bytes are on their way and otherwise jumps to the next thing due. So
 * a minute takes a moment, and a slow machine changes nothing of what happens when.
 */
export function createLockstep(): ChaosTime {
  const clock = new FakeClock();
  const ports = new Set<number>();
  let movements = 0;
  const rest = async () => {
    let movedAtMs = performance.now();
    for (let turns = 0, seen = movements; turns < TURNS_AT_REST; turns += 1) {
      await setImmediate();
      if (movements !== seen) {
        seen = movements;
        movedAtMs = performance.now();
        turns = -1;
      } else if (turns === TURNS_AT_REST - 1 && !areAtRest(ports)) {
        // A busy machine takes its time.
        if (performance.now() - movedAtMs < LONGEST_WAY_MS) turns = -1;
      }
    }
  };
  return {
    clock,
    jitterMs: 0,
    moved: () => {
      movements += 1;
    },
    follow: (port) => {
      ports.add(port);
    },
    async until(condition, limitMs) {
      const endMs = clock.now() + limitMs;
      for (await rest(); !condition(); await rest()) {
        const nextMs = clock.nextDueMs;
        if (nextMs === undefined || nextMs > endMs) {
          clock.advance(Math.max(0, endMs - clock.now()));
          await rest();
          return condition();
        }
        clock.advance(nextMs - clock.now());
      }
      return true;
    },
  };
}

const LOOK_EVERY_MS = 5;

/** Time as it passes for everybody. */
export function createRealTime(): ChaosTime {
  const clock = createMonotonicClock();
  return {
    clock,
    jitterMs: 40,
    moved() {},
    follow() {},
    async until(condition, limitMs) {
      const endMs = clock.now() + limitMs;
      while (!condition()) {
        if (clock.now() >= endMs) return false;
        await setTimeout(Math.min(LOOK_EVERY_MS, endMs - clock.now()));
      }
      return true;
    },
  };
}
