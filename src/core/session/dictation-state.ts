import { type Fault, judge } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';
import type { EndReason } from '../events.ts';

/** Why a dictation ends; the first cause wins. */
export type Cause =
  | { readonly reason: Exclude<EndReason, 'error'> }
  | { readonly reason: 'error'; readonly error: DictationError };

/** Where one dictation stands. It only ever moves down this list. */
export type DictationState =
  | { readonly kind: 'running'; readonly link: Link }
  /** The recorder ends, and what it captured is sent. */
  | {
      readonly kind: 'stopping';
      readonly cause: Cause;
      readonly link: Link;
      readonly audio: 'flowing' | 'ended';
    }
  /** `Terminate` was sent; the last words are on their way. */
  | { readonly kind: 'finishing'; readonly cause: Cause }
  | { readonly kind: 'ended' };

/** `opening` lasts from the wish for a session to its `Begin`. */
export type Link = 'opening' | 'live';

export type DictationInput =
  | { readonly kind: 'session-began' }
  | { readonly kind: 'session-ended'; readonly fault?: Fault }
  /** No session could be asked for: no key, no token, no local engine. */
  | { readonly kind: 'access-failed'; readonly error: DictationError }
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
  | { readonly kind: 'stop-audio' | 'limit-stop' | 'finish-feed' | 'terminate' | 'abort-session' }
  /** `abort-session` is answered by `session-ended`, also where no session was opened yet. */
  | { readonly kind: 'tell-unsent' }
  | { readonly kind: 'finish'; readonly cause: Cause };

export interface DictationStep {
  readonly state: DictationState;
  readonly commands: readonly DictationCommand[];
}

/** Pure: no clock, no recorder, no session. An input a state has no use for changes nothing. */
export function stepDictation(state: DictationState, input: DictationInput): DictationStep {
  switch (state.kind) {
    case 'running':
      return stepRunning(state, input);
    case 'stopping':
      return stepStopping(state, input);
    case 'finishing':
      if (input.kind === 'session-ended') return finish(state.cause);
      if (input.kind === 'abort') return to(state, { kind: 'abort-session' });
      return to(state);
    case 'ended':
      return to(state);
    default:
      return state satisfies never;
  }
}

type Running = Extract<DictationState, { kind: 'running' }>;
type Stopping = Extract<DictationState, { kind: 'stopping' }>;

function stepRunning(state: Running, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-began':
      return to({ ...state, link: 'live' });
    case 'session-ended':
      return finish(causeOf(input));
    case 'access-failed':
      return finish({ reason: 'error', error: input.error });
    case 'stop':
      if (state.link === 'opening' && input.captured === 'nothing') {
        return to(
          { kind: 'finishing', cause: input.cause },
          { kind: 'tell-stopping', cause: input.cause },
          { kind: 'abort-session' },
        );
      }
      return stop(state, input.cause, 'flowing', { kind: 'stop-audio' });
    case 'audio-ended':
      return stop(state, { reason: 'audio-ended' }, 'ended', { kind: 'finish-feed' });
    case 'audio-failed':
      return stop(state, { reason: 'error', error: input.error }, 'ended', { kind: 'finish-feed' });
    case 'abort': {
      const cause: Cause = { reason: 'user' };
      return to(
        { kind: 'finishing', cause },
        { kind: 'tell-stopping', cause },
        { kind: 'abort-session' },
      );
    }
    case 'all-sent':
    case 'stop-overdue':
      return to(state);
    default:
      return input satisfies never;
  }
}

function stepStopping(state: Stopping, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-began':
      return to({ ...state, link: 'live' });
    case 'audio-ended':
    case 'audio-failed':
      if (state.audio === 'ended') return to(state);
      return to({ ...state, audio: 'ended' }, { kind: 'finish-feed' });
    case 'all-sent':
      return to({ kind: 'finishing', cause: state.cause }, { kind: 'terminate' });
    case 'session-ended':
    case 'access-failed':
      return finish(state.cause, { kind: 'tell-unsent' });
    case 'stop-overdue':
      if (state.link === 'opening') {
        return to(
          { kind: 'finishing', cause: state.cause },
          { kind: 'tell-unsent' },
          { kind: 'abort-session' },
        );
      }
      if (state.audio === 'ended') return to(state);
      return to({ ...state, audio: 'ended' }, { kind: 'finish-feed' });
    case 'abort':
      return to({ kind: 'finishing', cause: state.cause }, { kind: 'abort-session' });
    case 'stop':
      return to(state);
    default:
      return input satisfies never;
  }
}

/** A session that ended by itself, in the middle of things. */
function causeOf({ fault }: { readonly fault?: Fault }): Cause {
  if (fault === undefined) return { reason: 'user' };
  const { advice, error } = judge(fault);
  return advice === 'idle' ? { reason: 'silence' } : { reason: 'error', error };
}

function stop(
  { link }: Running,
  cause: Cause,
  audio: Stopping['audio'],
  command: DictationCommand,
): DictationStep {
  const state: Stopping = { kind: 'stopping', cause, link, audio };
  return to(state, { kind: 'tell-stopping', cause }, { kind: 'limit-stop' }, command);
}

function finish(cause: Cause, ...before: readonly DictationCommand[]): DictationStep {
  return to({ kind: 'ended' }, ...before, { kind: 'finish', cause });
}

function to(state: DictationState, ...commands: readonly DictationCommand[]): DictationStep {
  return { state, commands };
}
