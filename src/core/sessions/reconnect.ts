import { type Advice, type Fault, judge } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';

/** What is remembered of the sessions so far, to know when trying again has become hopeless. */
export interface Attempts {
  /** Tries since the last session that made progress. */
  readonly failed: number;
  /** Sockets since then that opened and were gone within `SHORT_MS`. */
  readonly shortSessions: number;
  /** Whether any session of this dictation ever began. */
  readonly hasBegun: boolean;
  readonly newToken: 'untried' | 'tried';
  /** When the first session was lost since then, by the clock. */
  readonly lostSinceMs?: number;
  /** How long sessions were open without any word; absent once there was one. */
  readonly wordlessMs?: number;
}

export const NO_ATTEMPTS: Attempts = {
  failed: 0,
  shortSessions: 0,
  hasBegun: false,
  newToken: 'untried',
  wordlessMs: 0,
};

export interface LostSession {
  readonly fault: Fault;
  /** How far it got. */
  readonly reached: 'nothing' | 'open' | 'begun';
  /** From the open socket to its end. */
  readonly livedMs: number;
  /** Finals it delivered. */
  readonly finals: number;
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
  /** The limit before the first word; 0 where there is none. */
  readonly noSpeechMs: number;
  /** So much longer audio can wait before the oldest that is still to be heard is dropped. */
  readonly roomMs: number;
}

export type Plan =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly attempts: Attempts }
  /**
   * The service hung up on a client that sent nothing: the end that was wanted. Not so when something
   * was said, for then the service says that it did not reach it.
   */
  | { readonly kind: 'idle' }
  /** Sessions were open for as long as a person has to begin to speak, and nobody did. */
  | { readonly kind: 'nothing-said' }
  | { readonly kind: 'give-up'; readonly error: DictationError };

const SHORT_MS = 5_000;
/** A session that lived so long made progress, even where nobody spoke. */
const LONG_MS = 30_000;
const MOST_SHORT_SESSIONS = 3;
/** A service that was never reached is more likely mistyped than down. */
const MOST_FIRST_TRIES = 3;
/** This long without a session that made progress is the end. */
const LONGEST_LOSS_MS = 60_000;
const SHORTEST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 10_000;
/** What a session takes to begin, and some more: words that must be saved need a try before that. */
const BEGIN_MS = 2_000;
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
  const { noSpeechMs } = moment;
  const { wordlessMs } = attempts;
  if (wordlessMs !== undefined && lost.unsaid === 'nothing') {
    if (noSpeechMs > 0 && wordlessMs >= noSpeechMs) return { kind: 'nothing-said' };
  }
  const lostMs = moment.nowMs - (attempts.lostSinceMs ?? moment.nowMs);
  const isHopeless =
    attempts.shortSessions >= MOST_SHORT_SESSIONS ||
    (!attempts.hasBegun && attempts.failed >= MOST_FIRST_TRIES) ||
    lostMs >= LONGEST_LOSS_MS;
  if (isHopeless) return { kind: 'give-up', error };

  const earliestMs = Math.max(0, AFTER_TERMINATE_MS - moment.sinceTerminateMs);
  if (advice === 'retry-with-new-token') {
    if (before.newToken === 'tried') return { kind: 'give-up', error };
    return { kind: 'retry', delayMs: earliestMs, attempts: { ...attempts, newToken: 'tried' } };
  }
  const delayMs = Math.min(waitMs(advice, { attempts, lost, moment }), LONGEST_LOSS_MS - lostMs);
  return { kind: 'retry', delayMs: Math.round(Math.max(delayMs, earliestMs)), attempts };
}

/** Only words make up for what failed before, or a session that lived long without any. */
function count(before: Attempts, lost: LostSession, nowMs: number): Attempts {
  const { wordlessMs: _, ...fresh } = NO_ATTEMPTS;
  const hasBegun = before.hasBegun || lost.reached === 'begun';
  if (lost.finals > 0) return { ...fresh, hasBegun, lostSinceMs: nowMs };

  const openMs = lost.reached === 'begun' ? lost.livedMs : 0;
  const silent = before.wordlessMs === undefined ? {} : { wordlessMs: before.wordlessMs + openMs };
  if (lost.reached === 'begun' && lost.livedMs >= LONG_MS) {
    return { ...fresh, hasBegun, lostSinceMs: nowMs, ...silent };
  }
  const isShort = lost.reached !== 'nothing' && lost.livedMs < SHORT_MS;
  return {
    ...before,
    ...silent,
    failed: before.failed + 1,
    shortSessions: before.shortSessions + (isShort ? 1 : 0),
    hasBegun,
    lostSinceMs: before.lostSinceMs ?? nowMs,
  };
}

function waitMs(advice: Advice, { attempts, lost, moment }: Wait): number {
  const { chance, roomMs } = moment;
  if (advice === 'retry-slowly') {
    const [first, later] = SLOW_MS;
    const shortest = attempts.failed <= 1 ? first : later;
    return shortest * (1 + chance);
  }
  const { failed } = attempts;
  // The first loss of a session that listened is made good at once.
  const hasListened = lost.reached === 'begun' && lost.livedMs >= SHORT_MS;
  if (failed === 0 || (failed === 1 && hasListened)) return 0;
  const longest = Math.min(LONGEST_BACKOFF_MS, SHORTEST_BACKOFF_MS * 2 ** failed);
  const delayMs = SHORTEST_BACKOFF_MS + chance * (longest - SHORTEST_BACKOFF_MS);
  if (lost.unsaid === 'nothing' || roomMs <= 0) return delayMs;
  return Math.min(delayMs, Math.max(SHORTEST_BACKOFF_MS, roomMs - BEGIN_MS));
}

interface Wait {
  readonly attempts: Attempts;
  readonly lost: LostSession;
  readonly moment: Moment;
}
