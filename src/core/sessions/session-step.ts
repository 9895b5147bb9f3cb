import type { ServerMessage, Turn } from '../../protocol/index.ts';
import type { Fault } from '../assemblyai/close-codes.ts';
import type { FinalShape } from '../assemblyai/request.ts';
import type { SocketEnding } from '../ports.ts';
import { noticeWords, type WordsSeen } from '../words/new-words.ts';
import {
  finalText,
  startTurns,
  stepTurns,
  type TurnsInput,
  type TurnsState,
} from '../words/turns.ts';
import type { SessionEnding, SessionNews } from './news.ts';

/** How this session has to be treated, known before it is opened. */
export interface SessionPlan {
  readonly shape: FinalShape;
  /**
   * How long the last words are waited for after `Terminate`: `limited` where a person pays or waits,
   * `until-told` for an engine that costs nothing and may be slow.
   */
  readonly drain: 'limited' | 'until-told';
}

/** One session of the service: one socket, one `Begin`. It only ever moves down this list. */
export type SessionState =
  | { readonly kind: 'opening'; readonly plan: SessionPlan }
  | {
      readonly kind: 'streaming';
      readonly plan: SessionPlan;
      readonly words: WordsState;
      readonly voice: 'heard' | 'none';
    }
  /** `Terminate` was sent; finals still arrive. */
  | { readonly kind: 'draining'; readonly plan: SessionPlan; readonly words: WordsState }
  /** All is said; the socket has a moment to close by itself. */
  | { readonly kind: 'closing'; readonly ending: SessionEnding }
  | { readonly kind: 'over' };

interface WordsState {
  readonly turns: TurnsState;
  readonly seen: WordsSeen | undefined;
}

/** Which wait ran out. */
export type SessionTimer = 'begin' | 'held-final' | 'drain' | 'drain-in-all' | 'close';

export type SessionInput =
  | { readonly kind: 'received'; readonly message: ServerMessage }
  | { readonly kind: 'terminate-requested' }
  | { readonly kind: 'abort-requested' }
  /** The link is as good as dead, or the peer is no speech service. */
  | { readonly kind: 'given-up'; readonly fault: Fault }
  /** `delivery` says whether the service is known to have got all it was sent. */
  | {
      readonly kind: 'timed-out';
      readonly timer: SessionTimer;
      readonly delivery: 'certain' | 'doubtful';
    }
  | { readonly kind: 'socket-ended'; readonly ending: SocketEnding };

export type SessionCommand =
  | { readonly kind: 'report'; readonly news: SessionNews }
  | { readonly kind: 'send-force-endpoint' | 'send-terminate' }
  | { readonly kind: 'set-timer'; readonly timer: SessionTimer; readonly afterMs: number }
  | { readonly kind: 'clear-timer'; readonly timer: SessionTimer }
  | { readonly kind: 'close-socket' | 'abort-socket' }
  | { readonly kind: 'end'; readonly ending: SessionEnding };

export interface SessionStep {
  readonly state: SessionState;
  readonly commands: readonly SessionCommand[];
}

/** `Begin` took 1.2 to 1.3 s from the other side of the world (measured live, 2026-09). */
export const BEGIN_LIMIT_MS = 10_000;
/** A busy machine takes a while to load a model. */
export const OWN_BEGIN_LIMIT_MS = 60_000;
/** A formatted copy comes within this or not at all. */
const HELD_FINAL_MS = 2_000;
/** Each turn that still comes after `Terminate` starts this over. */
const DRAIN_MS = 5_000;
const DRAIN_IN_ALL_MS = 20_000;
/** An engine that is waited for shows within this that it still works. */
const DRAIN_UNTIL_TOLD_MS = 60_000;
const CLOSE_MS = 500;

/** Pure: no clock, no socket. An input a state has no use for changes nothing. */
export function stepSession(state: SessionState, input: SessionInput): SessionStep {
  switch (state.kind) {
    case 'opening':
      return stepOpening(state, input);
    case 'streaming':
      return stepStreaming(state, input);
    case 'draining':
      return stepDraining(state, input);
    case 'closing':
      if (input.kind === 'socket-ended') return over(withCode(state.ending, input.ending));
      return input.kind === 'abort-requested' ||
        (input.kind === 'timed-out' && input.timer === 'close')
        ? over(state.ending, { kind: 'abort-socket' })
        : to(state);
    case 'over':
      return to(state);
    default:
      return state satisfies never;
  }
}

type Opening = Extract<SessionState, { kind: 'opening' }>;
type Streaming = Extract<SessionState, { kind: 'streaming' }>;
type Draining = Extract<SessionState, { kind: 'draining' }>;
type Open = Streaming | Draining;

function stepOpening(state: Opening, input: SessionInput): SessionStep {
  switch (input.kind) {
    case 'received': {
      if (input.message.kind !== 'begin') return receivedAnywhere(state, input.message);
      const words = { turns: startTurns(state.plan.shape), seen: undefined };
      return to(
        { kind: 'streaming', plan: state.plan, words, voice: 'none' },
        { kind: 'clear-timer', timer: 'begin' },
        report({ kind: 'begun', begin: input.message }),
      );
    }
    case 'timed-out':
      return input.timer === 'begin'
        ? over({ fault: { kind: 'no-begin' } }, { kind: 'abort-socket' })
        : to(state);
    case 'terminate-requested':
    case 'abort-requested':
      // Nothing was heard, so there is nothing to wait for.
      return over({}, { kind: 'abort-socket' });
    default:
      return endedAnywhere(state, input);
  }
}

function stepStreaming(state: Streaming, input: SessionInput): SessionStep {
  switch (input.kind) {
    case 'received':
      return receivedInSession(state, input.message);
    case 'timed-out':
      return input.timer === 'held-final' ? advance(state, { kind: 'release' }) : to(state);
    case 'terminate-requested': {
      const { plan, words } = state;
      const isTurnOpen = state.voice === 'heard' || words.turns.open.length > 0;
      return to(
        { kind: 'draining', plan, words },
        ...(isTurnOpen ? [{ kind: 'send-force-endpoint' } as const] : []),
        { kind: 'send-terminate' },
        ...drainTimers(plan),
      );
    }
    case 'abort-requested':
      // The service stops billing at Terminate, also when nobody waits for its answer.
      return finish(state, {}, { kind: 'send-terminate' }, { kind: 'close-socket' });
    default:
      return endedAnywhere(state, input);
  }
}

function stepDraining(state: Draining, input: SessionInput): SessionStep {
  switch (input.kind) {
    case 'received':
      return receivedInSession(state, input.message);
    case 'timed-out': {
      if (input.timer === 'held-final') return advance(state, { kind: 'release' });
      if (input.timer !== 'drain' && input.timer !== 'drain-in-all') return to(state);
      // A service that got the Terminate and is silent has no words left; one that did not, may.
      return input.delivery === 'doubtful'
        ? lost(state, { kind: 'stalled' }, { kind: 'abort-socket' })
        : finish(state, {}, { kind: 'close-socket' });
    }
    case 'abort-requested':
      return finish(state, {}, { kind: 'close-socket' });
    default:
      return endedAnywhere(state, input);
  }
}

function receivedInSession(state: Open, message: ServerMessage): SessionStep {
  switch (message.kind) {
    case 'turn':
      return heardTurn(state, message.turn);
    case 'speech-started': {
      const next = state.kind === 'streaming' ? { ...state, voice: 'heard' as const } : state;
      return to(next, report({ kind: 'speech' }));
    }
    case 'heartbeat':
      // Of the service's own, which nobody asks for, the numbers mean something else.
      if (state.plan.drain !== 'until-told') return to(state);
      return to(
        state,
        report({ kind: 'decoded', decodedMs: message.decodedMs }),
        ...(state.kind === 'draining' ? drainTimers(state.plan) : []),
      );
    case 'termination': {
      const { kind: _, ...totals } = message;
      // A Termination nobody asked for is a session lost in mid-speech, however politely.
      const fault = state.kind === 'streaming' ? { fault: UNASKED } : {};
      // The service closes after this; waiting for it lets its close status be told.
      return finish(state, { ...fault, totals });
    }
    default:
      return receivedAnywhere(state, message);
  }
}

const UNASKED: Fault = {
  kind: 'socket',
  ending: { kind: 'closed', code: 1000, reason: 'Session Ended' },
};

function receivedAnywhere(state: Opening | Open, message: ServerMessage): SessionStep {
  if (message.kind === 'warning') {
    const words = message.text.trim() || `a warning without words (code ${message.code})`;
    return to(state, report({ kind: 'warning', code: 'service-warning', message: words }));
  }
  if (message.kind !== 'error') return to(state);
  // The close that follows has the same code; its reason is a fixed text (live, 2026-09).
  const ending = { kind: 'closed', code: message.code ?? 0, reason: '' } as const;
  return finish(state, { fault: { kind: 'socket', ending, error: message.text } });
}

function endedAnywhere(state: Opening | Open, input: SessionInput): SessionStep {
  if (input.kind === 'socket-ended') return lost(state, { kind: 'socket', ending: input.ending });
  return input.kind === 'given-up' ? lost(state, input.fault, { kind: 'abort-socket' }) : to(state);
}

function lost(
  state: Opening | Open,
  fault: Fault,
  ...after: readonly SessionCommand[]
): SessionStep {
  const { commands, ending } = settle(state, { fault });
  return over(ending, ...commands, ...after);
}

/** What is new in the turn is told first, for the silence; then what becomes of it. */
function heardTurn(state: Open, turn: Turn): SessionStep {
  const { seen, heard } = noticeWords(state.words.seen, turn);
  const next = advance({ ...state, words: { ...state.words, seen } }, { kind: 'turn', turn });
  const renewed = state.kind === 'draining' && state.plan.drain === 'limited';
  return {
    state: next.state,
    commands: [
      ...(heard.kind === 'nothing-new' ? [] : [report(heard)]),
      ...next.commands,
      ...(renewed ? [setTimer('drain', DRAIN_MS)] : []),
    ],
  };
}

function advance(state: Open, input: TurnsInput): SessionStep {
  const before = state.words.turns.held;
  const { turns, commands } = follow(state.words.turns, input);
  const held = turns.held === before ? [] : [holding(turns.held)];
  const next = { ...state, words: { ...state.words, turns } };
  const isOver = input.kind === 'turn' && input.turn.isFinal;
  if (next.kind === 'streaming' && isOver)
    return to({ ...next, voice: 'none' }, ...commands, ...held);
  return to(next, ...commands, ...held);
}

function holding(held: Turn | undefined): SessionCommand {
  return held
    ? setTimer('held-final', HELD_FINAL_MS)
    : { kind: 'clear-timer', timer: 'held-final' };
}

/** Everything heard is handed over before the end is told. */
function settle(state: SessionState, ending: SessionEnding) {
  if (state.kind !== 'streaming' && state.kind !== 'draining') return { commands: [], ending };
  const { turns, commands } = follow(state.words.turns, { kind: 'release' });
  const unsaved = turns.open
    .map(finalText)
    .filter((text) => text !== '')
    .join(' ');
  return { commands, ending: unsaved === '' ? ending : { ...ending, unsaved } };
}

function follow(before: TurnsState, input: TurnsInput) {
  const { state: turns, outputs } = stepTurns(before, input);
  const commands = outputs.map((output): SessionCommand => {
    if (output.kind !== 'withheld') return report(output);
    const message = `The service withheld the words of one turn (${output.reason}); they are not in the text`;
    return report({ kind: 'warning', code: 'words-withheld', message });
  });
  return { turns, commands };
}

/** Nothing more is expected but the close of the socket. */
function finish(
  state: Opening | Open,
  ending: SessionEnding,
  ...after: readonly SessionCommand[]
): SessionStep {
  const settled = settle(state, ending);
  const commands = [...settled.commands, ...after, setTimer('close', CLOSE_MS)];
  return to({ kind: 'closing', ending: settled.ending }, ...commands);
}

/** An `Error` frame may lack its code; the close that follows has it. */
function withCode(ending: SessionEnding, socket: SocketEnding): SessionEnding {
  const { fault } = ending;
  if (fault?.kind !== 'socket' || fault.ending.kind !== 'closed' || fault.ending.code !== 0) {
    return ending;
  }
  return { ...ending, fault: { ...fault, ending: socket } };
}

function drainTimers({ drain }: SessionPlan): readonly SessionCommand[] {
  if (drain === 'until-told') return [setTimer('drain', DRAIN_UNTIL_TOLD_MS)];
  return [setTimer('drain', DRAIN_MS), setTimer('drain-in-all', DRAIN_IN_ALL_MS)];
}

function setTimer(timer: SessionTimer, afterMs: number): SessionCommand {
  return { kind: 'set-timer', timer, afterMs };
}

function report(news: SessionNews): SessionCommand {
  return { kind: 'report', news };
}

function over(ending: SessionEnding, ...commands: readonly SessionCommand[]): SessionStep {
  return to({ kind: 'over' }, ...commands, { kind: 'end', ending });
}

function to(state: SessionState, ...commands: readonly SessionCommand[]): SessionStep {
  return { state, commands };
}
