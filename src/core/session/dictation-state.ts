import type { Fault } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';
import type { EndReason } from '../events.ts';
import {
  type Attempts,
  type LostSession,
  type Moment,
  NO_ATTEMPTS,
  type Plan,
  planReconnect,
} from './reconnect.ts';

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
    }
  /** `Terminate` was sent; the last words are on their way. */
  | { readonly kind: 'finishing'; readonly cause: Cause; readonly attempts: Attempts }
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
  /** The session was terminated or aborted as asked. */
  | { readonly kind: 'session-ended' }
  /** `unsaid` says whether there is sound after the last committed word. */
  | {
      readonly kind: 'session-lost';
      readonly lost: LostSession;
      readonly unsaid: 'sound' | 'nothing';
      readonly moment: Moment;
    }
  | { readonly kind: 'retry-due' }
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
  | { readonly kind: 'open-session' | 'hold-audio' | 'stop-audio' | 'limit-stop' | 'finish-feed' }
  /** `abort-session` is answered by `session-ended`, also where there is no session. */
  | { readonly kind: 'terminate' | 'abort-session' | 'tell-unsent' }
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

/** Pure: no clock, no recorder, no session. An input a state has no use for changes nothing. */
export function stepDictation(state: DictationState, input: DictationInput): DictationStep {
  switch (state.kind) {
    case 'running':
      return stepRunning(state, input);
    case 'stopping':
      return stepStopping(state, input);
    case 'finishing':
      return stepFinishing(state, input);
    case 'ended':
      return to(state);
    default:
      return state satisfies never;
  }
}

type Running = Extract<DictationState, { kind: 'running' }>;
type Stopping = Extract<DictationState, { kind: 'stopping' }>;
type Finishing = Extract<DictationState, { kind: 'finishing' }>;
type Lost = Extract<DictationInput, { kind: 'session-lost' }>;

function stepRunning(state: Running, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-began':
      return to(began(state));
    case 'retry-due':
      return to({ ...state, link: 'opening' }, { kind: 'open-session' });
    case 'session-ended':
      return finish({ reason: 'user' });
    case 'session-lost': {
      const plan = planReconnect(state.attempts, input.lost, input.moment);
      if (plan.kind === 'retry') return retry(state, input, plan);
      if (plan.kind === 'idle') return finish({ reason: 'silence' });
      return finish({ reason: 'error', error: plan.error }, { kind: 'tell-unsent' });
    }
    case 'access-failed':
      return finish({ reason: 'error', error: input.error }, { kind: 'tell-unsent' });
    case 'stop':
      if (state.link !== 'live' && input.captured === 'nothing') return abort(state, input.cause);
      return stop(state, input.cause, 'flowing', { kind: 'stop-audio' });
    case 'audio-ended':
      return stop(state, { reason: 'audio-ended' }, 'ended', { kind: 'finish-feed' });
    case 'audio-failed':
      return stop(state, { reason: 'error', error: input.error }, 'ended', { kind: 'finish-feed' });
    case 'abort':
      return abort(state, { reason: 'user' });
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
      return to(began(state));
    case 'retry-due':
      return to({ ...state, link: 'opening' }, { kind: 'open-session' });
    case 'audio-ended':
    case 'audio-failed':
      return state.audio === 'ended' ? to(state) : endAudio(state);
    case 'all-sent':
      return to(
        { kind: 'finishing', cause: state.cause, attempts: state.attempts },
        { kind: 'terminate' },
      );
    case 'session-lost': {
      const plan = planReconnect(state.attempts, input.lost, input.moment);
      if (plan.kind === 'retry') return retry(state, input, plan);
      return finish(state.cause, { kind: 'tell-unsent' });
    }
    case 'session-ended':
    case 'access-failed':
      return finish(state.cause, { kind: 'tell-unsent' });
    case 'stop-overdue':
      if (state.link !== 'live') return finishing(state, { kind: 'tell-unsent' });
      return state.audio === 'ended' ? to(state) : endAudio(state);
    case 'abort':
      return finishing(state);
    case 'stop':
      return to(state);
    default:
      return input satisfies never;
  }
}

function stepFinishing(state: Finishing, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-ended':
      return finish(state.cause);
    case 'session-lost': {
      // Terminate was not answered but the line was cut: words after the last final went with it.
      const plan = planReconnect(state.attempts, input.lost, input.moment);
      if (input.unsaid === 'nothing' || plan.kind !== 'retry') return finish(state.cause);
      return retry({ ...state, kind: 'stopping', link: 'live', audio: 'ended' }, input, plan);
    }
    case 'abort':
      return to(state, { kind: 'abort-session' });
    default:
      return to(state);
  }
}

/** A session began; `attempts` are only forgotten once it has lived. */
function began<State extends Running | Stopping>(state: State): State {
  const { downSinceMs: _, ...attempts } = state.attempts;
  return { ...state, link: 'live', attempts: { ...attempts, hasBegun: true } };
}

function retry(
  state: Running | Stopping,
  { lost }: Lost,
  { attempts, delayMs }: Extract<Plan, { kind: 'retry' }>,
): DictationStep {
  return to(
    { ...state, link: 'waiting', attempts },
    { kind: 'hold-audio' },
    { kind: 'retry', attempt: attempts.failed + 1, delayMs, fault: lost.fault },
    ...(state.kind === 'stopping' && state.link === 'live'
      ? [{ kind: 'limit-stop' } as const]
      : []),
  );
}

function endAudio(state: Stopping): DictationStep {
  return to({ ...state, audio: 'ended' }, { kind: 'finish-feed' });
}

function abort(state: Running, cause: Cause): DictationStep {
  return finishing({ ...state, cause }, { kind: 'tell-stopping', cause });
}

function finishing(
  { cause, attempts }: { readonly cause: Cause; readonly attempts: Attempts },
  ...before: readonly DictationCommand[]
): DictationStep {
  return to({ kind: 'finishing', cause, attempts }, ...before, { kind: 'abort-session' });
}

function stop(
  { link, attempts }: Running,
  cause: Cause,
  audio: Stopping['audio'],
  command: DictationCommand,
): DictationStep {
  return to(
    { kind: 'stopping', cause, link, attempts, audio },
    { kind: 'tell-stopping', cause },
    { kind: 'limit-stop' },
    command,
  );
}

function finish(cause: Cause, ...before: readonly DictationCommand[]): DictationStep {
  return to({ kind: 'ended' }, ...before, { kind: 'finish', cause });
}

function to(state: DictationState, ...commands: readonly DictationCommand[]): DictationStep {
  return { state, commands };
}
