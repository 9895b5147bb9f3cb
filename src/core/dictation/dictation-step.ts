import { judge } from '../assemblyai/close-codes.ts';
import { type Plan, planReconnect } from '../sessions/reconnect.ts';
import type {
  Cause,
  DictationCommand,
  DictationInput,
  DictationState,
  DictationStep,
} from './dictation-state.ts';

/** A service that drops every session at its Terminate would otherwise be asked for ever. */
const MOST_LOST_ENDS = 3;

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
      return finish({ reason: 'error', error: plan.error }, { kind: 'tell-unheard' });
    }
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
      return to(toFinishing(state), { kind: 'terminate' });
    case 'session-lost': {
      if (input.lost.unsaid === 'nothing' && !isUnheard(state)) return finish(state.cause);
      const plan = planReconnect(state.attempts, input.lost, input.moment);
      if (plan.kind === 'retry') return retry(state, input, plan);
      return finish(causeOfLoss(state.cause, plan), { kind: 'tell-unheard' });
    }
    case 'session-ended':
      return finish(state.cause, { kind: 'tell-unheard' });
    case 'stop-overdue':
      if (state.link !== 'live') return finishing(state);
      return state.audio === 'ended' ? to(state) : endAudio(state);
    case 'abort':
      return finishing(state);
    case 'stop':
      // The file has ended, and now somebody waits for it.
      return state.cause.reason === 'audio-ended' ? to(state, { kind: 'limit-stop' }) : to(state);
    default:
      return input satisfies never;
  }
}

function stepFinishing(state: Finishing, input: DictationInput): DictationStep {
  switch (input.kind) {
    case 'session-ended':
      return input.lastWords === 'told'
        ? finish(state.cause)
        : finish(state.cause, { kind: 'tell-unheard' });
    case 'session-lost': {
      // Terminate was not answered but the line was cut: words after the last final went with it.
      if (input.lost.unsaid === 'nothing') return finish(state.cause);
      const lostEnds = state.lostEnds + 1;
      const plan: Plan =
        lostEnds < MOST_LOST_ENDS
          ? planReconnect(state.attempts, input.lost, input.moment)
          : { kind: 'give-up', error: judge(input.lost.fault).error };
      if (plan.kind !== 'retry') {
        return finish(causeOfLoss(state.cause, plan), { kind: 'tell-unheard' });
      }
      const stopping = { ...state, kind: 'stopping', link: 'live', audio: 'ended' } as const;
      return retry({ ...stopping, lostEnds }, input, plan);
    }
    case 'abort':
      return to(state, { kind: 'abort-session' });
    default:
      return to(state);
  }
}

/** A file that no session has heard: who sent it wants it heard, however quiet it is. */
function isUnheard({ cause, attempts }: Stopping): boolean {
  return cause.reason === 'audio-ended' && !attempts.hasBegun;
}

/** A stop that could not send what was said has failed, whatever it was asked for. */
function causeOfLoss(cause: Cause, plan: Exclude<Plan, { kind: 'retry' }>): Cause {
  if (cause.reason === 'error' || plan.kind === 'idle') return cause;
  return { reason: 'error', error: plan.error };
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
    ...(isHurried(state) ? [{ kind: 'limit-stop' } as const] : []),
  );
}

/** A person waits for the end of a stop whose session was just lost. */
function isHurried(state: Running | Stopping): boolean {
  if (state.kind === 'running' || state.link !== 'live') return false;
  return state.cause.reason !== 'audio-ended';
}

function endAudio(state: Stopping): DictationStep {
  return to({ ...state, audio: 'ended' }, { kind: 'finish-feed' });
}

function abort(state: Running, cause: Cause): DictationStep {
  return finishing({ ...state, cause, lostEnds: 0 }, { kind: 'tell-stopping', cause });
}

function finishing(
  state: Omit<Finishing, 'kind'>,
  ...before: readonly DictationCommand[]
): DictationStep {
  return to(toFinishing(state), ...before, { kind: 'abort-session' });
}

function toFinishing({ cause, attempts, lostEnds }: Omit<Finishing, 'kind'>): Finishing {
  return { kind: 'finishing', cause, attempts, lostEnds };
}

function stop(
  { link, attempts }: Running,
  cause: Cause,
  audio: Stopping['audio'],
  command: DictationCommand,
): DictationStep {
  // Nobody waits for a file that has ended; the service may take its time.
  const limit: readonly DictationCommand[] =
    cause.reason === 'audio-ended' ? [] : [{ kind: 'limit-stop' }];
  return to(
    { kind: 'stopping', cause, link, attempts, audio, lostEnds: 0 },
    { kind: 'tell-stopping', cause },
    ...limit,
    command,
  );
}

function finish(cause: Cause, ...before: readonly DictationCommand[]): DictationStep {
  return to({ kind: 'ended' }, ...before, { kind: 'finish', cause });
}

function to(state: DictationState, ...commands: readonly DictationCommand[]): DictationStep {
  return { state, commands };
}
