import type { Fault } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';
import type { EndReason } from '../events.ts';
import {
  type Attempts,
  type LostSession,
  type Moment,
  NO_ATTEMPTS,
} from '../sessions/reconnect.ts';

/** Why a dictation ends; the first cause wins. */
export type Cause =
  | { readonly reason: Exclude<EndReason, 'error'> }
  | { readonly reason: 'error'; readonly error: DictationError };

/** Where one dictation stands. */
export type DictationState =
  | { readonly kind: 'running'; readonly link: LinkState; readonly attempts: Attempts }
  /** The recorder ends, and what it captured is sent. */
  | {
      readonly kind: 'stopping';
      readonly cause: Cause;
      readonly link: LinkState;
      readonly attempts: Attempts;
      readonly audio: 'flowing' | 'ended';
      /** How often the last words were asked for and the answer was lost. */
      readonly lostEnds: number;
    }
  /** `Terminate` was sent; the last words are on their way. */
  | {
      readonly kind: 'finishing';
      readonly cause: Cause;
      readonly attempts: Attempts;
      readonly lostEnds: number;
    }
  | { readonly kind: 'ended' };

/** `opening` lasts from the wish for a session to its `Begin`; `waiting` until the next try. */
export type LinkState = 'opening' | 'live' | 'waiting';

export const FIRST_STATE: DictationState = {
  kind: 'running',
  link: 'opening',
  attempts: NO_ATTEMPTS,
};

export type DictationInput =
  | { readonly kind: 'session-began' }
  /** The session was terminated or aborted as asked; without a `Termination`, words may be missing. */
  | { readonly kind: 'session-ended'; readonly lastWords: 'told' | 'unknown' }
  | { readonly kind: 'session-lost'; readonly lost: LostSession; readonly moment: Moment }
  | { readonly kind: 'retry-due' }
  /** `captured` says whether anything that could be a word waits to be sent. */
  | { readonly kind: 'stop'; readonly cause: Cause; readonly captured: 'sound' | 'nothing' }
  | { readonly kind: 'audio-ended' }
  | { readonly kind: 'audio-failed'; readonly error: DictationError }
  /** No audio is left to send, and none will come. */
  | { readonly kind: 'all-sent' }
  /** A stop has waited long enough for a session to begin, or for the recorder to end. */
  | { readonly kind: 'stop-overdue' }
  | { readonly kind: 'abort' };

export type DictationCommand =
  | { readonly kind: 'tell-stopping'; readonly cause: Cause }
  | { readonly kind: 'open-session' | 'hold-audio' | 'stop-audio' | 'limit-stop' | 'finish-feed' }
  /** `abort-session` is answered by `session-ended`, also where there is no session. */
  | { readonly kind: 'terminate' | 'abort-session' | 'tell-unheard' }
  | {
      readonly kind: 'retry';
      readonly attempt: number;
      readonly delayMs: number;
      readonly fault: Fault;
    }
  | { readonly kind: 'finish'; readonly cause: Cause };

export interface DictationStep {
  readonly state: DictationState;
  readonly commands: readonly DictationCommand[];
}
