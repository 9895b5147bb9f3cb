import type { DictationError } from '../errors.ts';
import type { CountdownReason, DictationEvent, DictationTrace } from '../events.ts';

/** What a person is shown of a dictation, whatever shows it. Times are of the monotonic clock. */
export type Progress =
  | { readonly kind: 'idle' }
  /** No sample has come yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'listening'; readonly sinceMs: number }
  | {
      readonly kind: 'counting-down';
      readonly sinceMs: number;
      readonly remainingMs: number;
      readonly reason: CountdownReason;
      /** The longest dictation cannot be put off. */
      readonly canKeepListening: 'yes' | 'no';
    }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  /** The last words are on their way. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'problem'; readonly error: Pick<DictationError, 'code' | 'message'> };

/** Pure: what an event makes of it; the same object where there is nothing new to see. */
export function progressAfter(
  progress: Progress,
  event: DictationEvent | DictationTrace,
  nowMs: number,
): Progress {
  const sinceMs = 'sinceMs' in progress ? progress.sinceMs : nowMs;
  switch (event.type) {
    case 'listening':
      return progress.kind === 'stopping' ? progress : { kind: 'listening', sinceMs };
    case 'begin':
      return progress.kind === 'reconnecting' ? { kind: 'listening', sinceMs } : progress;
    case 'reconnecting':
      return progress.kind === 'stopping' || progress.kind === 'connecting'
        ? progress
        : { kind: 'reconnecting', sinceMs };
    case 'countdown':
      return {
        kind: 'counting-down',
        sinceMs,
        remainingMs: event.remainingMs,
        reason: event.reason,
        canKeepListening: event.reason === 'max-duration' ? 'no' : 'yes',
      };
    case 'countdown-cleared':
      return progress.kind === 'counting-down' ? { kind: 'listening', sinceMs } : progress;
    case 'stopping':
      return { kind: 'stopping' };
    case 'error':
      return { kind: 'problem', error: { code: event.code, message: event.message } };
    case 'end':
      return progress.kind === 'problem' ? progress : { kind: 'idle' };
    default:
      return progress;
  }
}
