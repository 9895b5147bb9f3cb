import { type Fault, judge } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';
import type { EndReason } from '../events.ts';
import {
  type Attempts,
  type LostSession,
  type Moment,
  NO_ATTEMPTS,
  type Plan,
  planReconnect,
} from '../sessions/reconnect.ts';

/** Why a dictation ends; the first cause wins. */
export type Cause =
  | { readonly reason: Exclude<EndReason, 'error'> }
  | { readonly reason: 'error'; readonly error: DictationError };

/** `opening` lasts from the wish for a session to its `Begin`; `waiting` until the next try. */
export type LinkState = 'opening' | 'live' | 'waiting';

/** Where one dictation stands. */
export type DictationState =
  | { readonly kind: 'running'; readonly link: LinkState; readonly attempts: Attempts }
  /** The recorder ends, and what it captured is sent. */
  | ({
      readonly kind: 'stopping';
      readonly link: LinkState;
      readonly audio: 'flowing' | 'ended';
    } & Stop)
  /** `Terminate` was sent; the last words are on their way, unless they are not wanted any more. */
  | ({ readonly kind: 'finishing'; readonly words: 'wanted' | 'unwanted' } & Stop)
  | { readonly kind: 'ended' };

interface Stop {
  readonly cause: Cause;
  readonly attempts: Attempts;
  /** New sessions since the stop. */
  readonly newSessions: number;
  /** Once it is spent, what runs may end, but nothing is tried again. */
  readonly patience: 'left' | 'spent';
}

export const FIRST_STATE: DictationState = {
  kind: 'running',
  link: 'opening',
  attempts: NO_ATTEMPTS,
};

/** Whether anything that could be a word waits to be sent. */
interface Captured {
  readonly captured: 'sound' | 'nothing';
}

export type DictationInput =
  /** Audio flows into a session. */
  | { readonly kind: 'session-leads' }
  /** The session was terminated or aborted as asked; without a `Termination`, words may be missing. */
  | { readonly kind: 'session-over'; readonly lastWords: 'told' | 'unknown' }
  | { readonly kind: 'session-lost'; readonly lost: LostSession; readonly moment: Moment }
  | { readonly kind: 'retry-due' }
  | ({ readonly kind: 'stop'; readonly cause: Cause } & Captured)
  /** A limit was reached. `deaf` is the error of a microphone that never gave anything but zeros. */
  | ({
      readonly kind: 'limit-reached';
      readonly reason: 'silence' | 'no-speech' | 'max-duration';
      readonly deaf?: DictationError;
    } & Captured)
  | { readonly kind: 'audio-ended' }
  | ({ readonly kind: 'audio-failed'; readonly error: DictationError } & Captured)
  /** No audio is left to send, and none will come. */
  | { readonly kind: 'all-sent' }
  /** A stop has waited long enough for a session to begin, or for the recorder to end. */
  | { readonly kind: 'stop-overdue' }
  /** And for everything that follows it. */
  | { readonly kind: 'end-overdue' }
  /** Now, and never mind the words. */
  | { readonly kind: 'abort' };

export type DictationCommand =
  | { readonly kind: 'tell-stopping'; readonly cause: Cause }
  | { readonly kind: 'open-session' | 'hold-audio' | 'stop-audio' | 'limit-stop' | 'finish-feed' }
  /** `abort-session` is answered by `session-over`, also where there is no session. */
  | { readonly kind: 'terminate' | 'abort-session' | 'tell-unheard' }
  /** For everything after the stop; `recording`: what is still to be sent of it comes on top. */
  | { readonly kind: 'limit-end'; readonly who: 'person' | 'recording' }
  | {
      readonly kind: 'retry';
      readonly attempt: number;
      readonly delayMs: number;
      readonly fault: Fault;
    }
  | { readonly kind: 'finish'; readonly cause: Cause; readonly words: 'wanted' | 'unwanted' };

export interface DictationStep {
  readonly state: DictationState;
  readonly commands: readonly DictationCommand[];
}

/** A service that drops every session at its Terminate would otherwise be asked for ever. */
const MOST_NEW_FOR_A_FILE = 2;
const MOST_NEW_FOR_A_PERSON = 1;

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
    case 'session-leads':
      return to({ ...state, link: 'live', attempts: begun(state.attempts) });
    case 'retry-due':
      return to({ ...state, link: 'opening' }, { kind: 'open-session' });
    case 'session-over':
      return finish({ reason: 'user' });
    case 'session-lost':
      return lostWhileRunning(state, input);
    case 'limit-reached': {
      const { deaf, reason } = input;
      if (deaf === undefined || reason === 'silence') return stop(state, { reason }, input);
      return stop(state, { reason: 'error', error: deaf }, input);
    }
    case 'stop':
      return stop(state, input.cause, input);
    case 'audio-ended':
      return stopSending(state, { reason: 'audio-ended' }, 'finish-feed');
    case 'audio-failed':
      return stop(state, { reason: 'error', error: input.error }, input, 'finish-feed');
    case 'abort':
      return abort(state, { reason: 'user' });
    case 'all-sent':
    case 'stop-overdue':
    case 'end-overdue':
      return to(state);
    default:
      return input satisfies never;
  }
}

function lostWhileRunning(state: Running, input: Lost): DictationStep {
  const plan = planReconnect(state.attempts, input.lost, input.moment);
  switch (plan.kind) {
    case 'retry':
      return retry(state, input, plan);
    case 'idle':
      return finish({ reason: 'silence' });
    case 'nothing-said':
      return finish({ reason: 'no-speech' });
    case 'give-up':
      return finish({ reason: 'error', error: plan.error }, { kind: 'tell-unheard' });
    default:
      return plan satisfies never;
  }
}

function stepStopping(state: Stopping, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-leads':
      return to({
        ...state,
        link: 'live',
        attempts: begun(state.attempts),
        newSessions: state.newSessions + 1,
      });
    case 'retry-due':
      return to({ ...state, link: 'opening' }, { kind: 'open-session' });
    case 'audio-ended':
    case 'audio-failed':
      return state.audio === 'ended' ? to(state) : endAudio(state);
    case 'all-sent':
      return finishing(state, 'wanted', { kind: 'terminate' });
    case 'session-lost':
      if (input.lost.unsaid === 'nothing' && !isUnheard(state)) return finish(state.cause);
      return lostAfterStop(state, input);
    case 'session-over':
      return finish(state.cause, { kind: 'tell-unheard' });
    case 'stop-overdue':
      if (state.link !== 'live') return finishing(state, 'wanted', { kind: 'abort-session' });
      return state.audio === 'ended' ? to(state) : endAudio(state);
    case 'end-overdue':
      // What was listening at the stop is heard to its end.
      return state.link === 'live' && state.newSessions === 0
        ? to({ ...state, patience: 'spent' })
        : finishing(state, 'wanted', { kind: 'abort-session' });
    case 'abort':
      return finishing(state, 'unwanted', { kind: 'abort-session' });
    case 'stop':
      // The file has ended, and now somebody waits for it.
      return waitsForNobody(state)
        ? to(state, { kind: 'limit-stop' }, { kind: 'limit-end', who: 'person' })
        : to(state);
    case 'limit-reached':
      return to(state);
    default:
      return input satisfies never;
  }
}

function stepFinishing(state: Finishing, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-over':
      return input.lastWords === 'told' || state.words === 'unwanted'
        ? finishWith(state)
        : finishWith(state, { kind: 'tell-unheard' });
    case 'session-lost':
      // Terminate was not answered but the line was cut: words after the last final went with it.
      if (input.lost.unsaid === 'nothing' || state.words === 'unwanted') return finishWith(state);
      return lostAfterStop(
        { kind: 'stopping', link: 'live', audio: 'ended', ...stopOf(state) },
        input,
      );
    case 'end-overdue':
      // The session that was there at the stop limits its last words by itself.
      return state.newSessions > 0
        ? to(state, { kind: 'abort-session' })
        : to({ ...state, patience: 'spent' });
    case 'abort':
      return to({ ...state, words: 'unwanted' }, { kind: 'abort-session' });
    default:
      return to(state);
  }
}

/** The words of a session that was lost are tried once more, or as often as a file allows. */
function lostAfterStop(state: Stopping, input: Lost): DictationStep {
  const most = waitsForNobody(state) ? MOST_NEW_FOR_A_FILE : MOST_NEW_FOR_A_PERSON;
  const plan: Plan =
    state.newSessions < most && state.patience === 'left'
      ? planReconnect(state.attempts, input.lost, input.moment)
      : { kind: 'give-up', error: judge(input.lost.fault).error };
  if (plan.kind === 'retry') return retry(state, input, plan);
  return finish(causeOfLoss(state.cause, plan), { kind: 'tell-unheard' });
}

/** What failed before is only forgotten once words came. */
function begun(attempts: Attempts): Attempts {
  return { ...attempts, hasBegun: true };
}

/** A file that no session has heard: who sent it wants it heard, however quiet it is. */
function isUnheard({ cause, attempts }: Stopping): boolean {
  return cause.reason === 'audio-ended' && !attempts.hasBegun;
}

/** Nobody waits for a file that has ended; the service may take its time. */
function waitsForNobody({ cause }: Stop): boolean {
  return cause.reason === 'audio-ended';
}

/** A stop that could not send what was said has failed, whatever it was asked for. */
function causeOfLoss(cause: Cause, plan: Exclude<Plan, { kind: 'retry' }>): Cause {
  if (cause.reason === 'error' || plan.kind !== 'give-up') return cause;
  return { reason: 'error', error: plan.error };
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
    ...(isHurried(state) ? [{ kind: 'limit-stop' } as const] : []),
  );
}

/** A person waits for the end of a stop whose session was just lost. */
function isHurried(state: Running | Stopping): boolean {
  return state.kind === 'stopping' && state.link === 'live' && !waitsForNobody(state);
}

function endAudio(state: Stopping): DictationStep {
  return to({ ...state, audio: 'ended' }, { kind: 'finish-feed' });
}

/** No session is waited for that would hear nothing. */
function stop(
  state: Running,
  cause: Cause,
  { captured }: Captured,
  kind: 'stop-audio' | 'finish-feed' = 'stop-audio',
): DictationStep {
  const isNothingToSend = state.link !== 'live' && captured === 'nothing';
  return isNothingToSend ? abort(state, cause) : stopSending(state, cause, kind);
}

function stopSending(
  { link, attempts }: Running,
  cause: Cause,
  kind: 'stop-audio' | 'finish-feed',
): DictationStep {
  const audio = kind === 'stop-audio' ? 'flowing' : 'ended';
  const stop: Stop = { cause, attempts, newSessions: 0, patience: 'left' };
  const limits: readonly DictationCommand[] = waitsForNobody(stop)
    ? [{ kind: 'limit-end', who: 'recording' }]
    : [{ kind: 'limit-stop' }, { kind: 'limit-end', who: 'person' }];
  const stopping = { kind: 'stopping', link, audio, ...stop } as const;
  return to(stopping, { kind: 'tell-stopping', cause }, ...limits, { kind });
}

function abort({ attempts }: Running, cause: Cause): DictationStep {
  const stop: Stop = { cause, attempts, newSessions: 0, patience: 'left' };
  return finishing(stop, 'unwanted', { kind: 'tell-stopping', cause }, { kind: 'abort-session' });
}

function finishing(
  stop: Stop,
  words: Finishing['words'],
  ...commands: readonly DictationCommand[]
): DictationStep {
  return to({ kind: 'finishing', words, ...stopOf(stop) }, ...commands);
}

function stopOf({ cause, attempts, newSessions, patience }: Stop): Stop {
  return { cause, attempts, newSessions, patience };
}

function finishWith(
  { cause, words }: Pick<Finishing, 'cause' | 'words'>,
  ...before: readonly DictationCommand[]
): DictationStep {
  return to({ kind: 'ended' }, ...before, { kind: 'finish', cause, words });
}

function finish(cause: Cause, ...before: readonly DictationCommand[]): DictationStep {
  return finishWith({ cause, words: 'wanted' }, ...before);
}

function to(state: DictationState, ...commands: readonly DictationCommand[]): DictationStep {
  return { state, commands };
}
