import { type Advice, type Fault, judge } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';

/** What is remembered of the sessions so far, to know when trying again has become hopeless. */
export interface Attempts {
  /** Tries since a session last lived long enough to be called one. */
  readonly failed: number;
  /** Sockets in a row that opened and were gone within `SHORT_MS`. */
  readonly shortSessions: number;
  /** Whether any session of this dictation ever began. */
  readonly hasBegun: boolean;
  readonly newToken: 'untried' | 'tried';
  /** By the clock; absent while there is a session. */
  readonly downSinceMs?: number;
}

export const NO_ATTEMPTS: Attempts = {
  failed: 0,
  shortSessions: 0,
  hasBegun: false,
  newToken: 'untried',
};

export interface LostSession {
  readonly fault: Fault;
  /** How far it got. */
  readonly reached: 'nothing' | 'open' | 'begun';
  /** From the open socket to its end. */
  readonly livedMs: number;
  /** Whether there is sound after the last committed word. */
  readonly unsaid: 'sound' | 'nothing';
}

/** What the policy may know of the world. */
export interface Moment {
  readonly nowMs: number;
  /** 0 to 1, drawn anew each time, so that clients which lost the same server do not return as one. */
  readonly chance: number;
  /** Since a `Terminate` was last sent; infinite where none was. */
  readonly sinceTerminateMs: number;
}

export type Plan =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly attempts: Attempts }
  /**
   * The service hung up on a client that sent nothing: the end that was wanted. Not so when something
   * was said, for then the service says that it did not reach it.
   */
  | { readonly kind: 'idle' }
  | { readonly kind: 'give-up'; readonly error: DictationError };

const SHORT_MS = 5_000;
const MOST_SHORT_SESSIONS = 3;
/** A service that was never reached is more likely mistyped than down. */
const MOST_FIRST_TRIES = 3;
const LONGEST_DOWN_MS = 60_000;
const SHORTEST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;
/** Opening sooner after a Terminate was answered with "Too many" (measured live, 2026-09-17). */
const AFTER_TERMINATE_MS = 2_000;
/** Waits after a refusal for opening too many: the first, and those that follow. */
const SLOW_MS = [2_000, 10_000] as const;

/** Decides after a session was lost: try again and when, or end and why. Pure. */
export function planReconnect(before: Attempts, lost: LostSession, moment: Moment): Plan {
  const { advice, error } = judge(lost.fault);
  if (advice === 'idle' && lost.unsaid === 'nothing') return { kind: 'idle' };
  if (advice === 'give-up') return { kind: 'give-up', error };

  const attempts = count(before, lost, moment.nowMs);
  const downMs = moment.nowMs - (attempts.downSinceMs ?? moment.nowMs);
  const isHopeless =
    attempts.shortSessions >= MOST_SHORT_SESSIONS ||
    (!attempts.hasBegun && attempts.failed >= MOST_FIRST_TRIES) ||
    downMs >= LONGEST_DOWN_MS;
  if (isHopeless) return { kind: 'give-up', error };

  const earliestMs = Math.max(0, AFTER_TERMINATE_MS - moment.sinceTerminateMs);
  if (advice === 'retry-with-new-token') {
    if (before.newToken === 'tried') return { kind: 'give-up', error };
    return { kind: 'retry', delayMs: earliestMs, attempts: { ...attempts, newToken: 'tried' } };
  }
  const delayMs = Math.min(waitMs(advice, attempts, moment.chance), LONGEST_DOWN_MS - downMs);
  return { kind: 'retry', delayMs: Math.round(Math.max(delayMs, earliestMs)), attempts };
}

/** A session that lived makes up for all that failed before it. */
function count(before: Attempts, lost: LostSession, nowMs: number): Attempts {
  const hasLived = lost.reached === 'begun' && lost.livedMs >= SHORT_MS;
  const base: Attempts = hasLived
    ? { ...NO_ATTEMPTS, hasBegun: true, downSinceMs: nowMs }
    : { ...before, downSinceMs: before.downSinceMs ?? nowMs };
  return {
    ...base,
    failed: base.failed + (hasLived ? 0 : 1),
    shortSessions: base.shortSessions + (hasLived || lost.reached === 'nothing' ? 0 : 1),
    hasBegun: base.hasBegun || lost.reached === 'begun',
  };
}

function waitMs(advice: Advice, { failed }: Attempts, chance: number): number {
  if (advice === 'retry-slowly') {
    const [first, later] = SLOW_MS;
    const shortest = failed <= 1 ? first : later;
    return shortest * (1 + chance);
  }
  if (failed === 0) return 0;
  const longest = Math.min(LONGEST_BACKOFF_MS, SHORTEST_BACKOFF_MS * 2 ** failed);
  return SHORTEST_BACKOFF_MS + chance * (longest - SHORTEST_BACKOFF_MS);
}
