import type { CountdownReason, DictationError, DictationEvent } from '../../core/index.ts';

/** What the status bar tells. Times are of the monotonic clock. */
export type Status =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'listening'; readonly sinceMs: number }
  | {
      readonly kind: 'counting-down';
      readonly sinceMs: number;
      readonly seconds: number;
      readonly reason: CountdownReason;
    }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number; readonly attempt: number }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'problem'; readonly error: Pick<DictationError, 'code' | 'message'> };

/** Pure: what an event makes of the status. */
export function statusAfter(status: Status, event: DictationEvent, nowMs: number): Status {
  const sinceMs = 'sinceMs' in status ? status.sinceMs : nowMs;
  switch (event.type) {
    case 'listening':
      return { kind: 'listening', sinceMs };
    case 'begin':
      return status.kind === 'reconnecting' ? { kind: 'listening', sinceMs } : status;
    case 'reconnecting':
      return status.kind === 'stopping'
        ? status
        : { kind: 'reconnecting', sinceMs, attempt: event.attempt };
    case 'countdown':
      return {
        kind: 'counting-down',
        sinceMs,
        seconds: Math.ceil(event.remainingMs / 1_000),
        reason: event.reason,
      };
    case 'countdown-cleared':
      return status.kind === 'counting-down' ? { kind: 'listening', sinceMs } : status;
    case 'stopping':
      return { kind: 'stopping' };
    case 'error':
      return { kind: 'problem', error: { code: event.code, message: event.message } };
    case 'end':
      return status.kind === 'problem' ? status : { kind: 'idle' };
    default:
      return status;
  }
}
