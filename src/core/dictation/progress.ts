import type { DictationError } from '../errors.ts';
import type { CountdownReason, DictationEvent, DictationTrace } from '../events.ts';
import type { AudioSource, Clock } from '../ports.ts';

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

export interface EnginePlacePorts {
  readonly clock: Clock;
  readonly sound: AudioSource['kind'];
  onTrace(trace: DictationTrace): void;
}

/** An engine that is this far behind somebody who speaks is said to be. */
const BEHIND_MS = 2_000;
const STEP_MS = 1_000;

/** Tells by whole seconds where the engine listens: how far behind a person, or into a recording. */
export class EnginePlace {
  readonly #ports: EnginePlacePorts;
  #toldBehindMs = 0;
  #toldHeardMs = 0;
  #beganAtMs: number | undefined;

  constructor(ports: EnginePlacePorts) {
    this.#ports = ports;
  }

  /** There is a session to listen; from the first one on, the time is taken. */
  sessionLeads(): void {
    this.#beganAtMs ??= this.#ports.clock.now();
  }

  /** It has so much still to listen to: as it falls behind, and as it catches up. */
  behind(ms: number): void {
    if (this.#ports.sound !== 'live') return;
    const behindMs = ms < BEHIND_MS ? 0 : Math.round(ms / STEP_MS) * STEP_MS;
    if (behindMs === this.#toldBehindMs) return;
    this.#toldBehindMs = behindMs;
    this.#ports.onTrace({ type: 'behind', behindMs });
  }

  /** It has listened to so much; what has to be heard again after a lost connection is no news. */
  heard(ms: number): void {
    const { clock, sound, onTrace } = this.#ports;
    if (sound !== 'stored' || this.#beganAtMs === undefined) return;
    const audioMs = Math.floor(ms / STEP_MS) * STEP_MS;
    if (audioMs <= this.#toldHeardMs) return;
    this.#toldHeardMs = audioMs;
    onTrace({ type: 'heard', audioMs, tookMs: clock.now() - this.#beganAtMs });
  }
}
