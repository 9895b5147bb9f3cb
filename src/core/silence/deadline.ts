import type { CountdownReason } from '../events.ts';

/** Milliseconds; 0 switches a limit off. */
export interface Limits {
  readonly silenceMs: number;
  readonly noSpeechMs: number;
  readonly maxMs: number;
}

/** What the silence is counted from. */
export type Mark =
  /** Nothing was said since `sinceMs` by the clock, when `audioMs` of audio had been sent. */
  | { readonly kind: 'no-words'; readonly sinceMs: number; readonly audioMs: number }
  /** The last word ended at `endMs` in the audio; news of it came at `arrivedAtMs`, by the clock. */
  | { readonly kind: 'words'; readonly endMs: number; readonly arrivedAtMs: number };

export interface Moment {
  readonly nowMs: number;
  /** Audio sent to the service, on the same scale as word times. */
  readonly audioMs: number;
  /** Whether a session is open and real samples flow; without them, silence means nothing. */
  readonly session: 'open' | 'none';
  readonly startedAtMs: number;
}

export interface Deadline {
  readonly inMs: number;
  readonly reason: CountdownReason;
}

/**
 * Audio is sent in frames, each when it is complete, and travels: counted from where it arrives, a
 * stop right on the frame would come early. Nobody notices a tenth of a second more.
 */
const NEVER_EARLY_MS = 100;
/** Words may still be followed by others the service has not told of. */
const SHORTEST_AFTER_WORDS_MS = 1_000;

/** The nearest stop as things stand; `undefined` where none is coming. */
export function nearestDeadline(limits: Limits, mark: Mark, moment: Moment): Deadline | undefined {
  const quiet = quietDeadline(limits, mark, moment);
  const longest = longestDeadline(limits, moment);
  if (!quiet || !longest) return quiet ?? longest;
  return quiet.inMs <= longest.inMs ? quiet : longest;
}

function quietDeadline(limits: Limits, mark: Mark, moment: Moment): Deadline | undefined {
  if (moment.session !== 'open') return undefined;
  if (mark.kind === 'no-words') {
    if (limits.noSpeechMs === 0) return undefined;
    const byClock = mark.sinceMs + limits.noSpeechMs - moment.nowMs;
    // A backlog being caught up has not been listened to yet.
    const byAudio = mark.audioMs + limits.noSpeechMs - moment.audioMs;
    return { inMs: Math.max(byClock, byAudio), reason: 'no-speech' };
  }
  if (limits.silenceMs === 0) return undefined;
  const byAudio = mark.endMs + limits.silenceMs + NEVER_EARLY_MS - moment.audioMs;
  const byArrival = mark.arrivedAtMs + SHORTEST_AFTER_WORDS_MS - moment.nowMs;
  return { inMs: Math.max(byAudio, byArrival), reason: 'silence' };
}

function longestDeadline({ maxMs }: Limits, moment: Moment): Deadline | undefined {
  if (maxMs === 0) return undefined;
  return { inMs: moment.startedAtMs + maxMs - moment.nowMs, reason: 'max-duration' };
}
