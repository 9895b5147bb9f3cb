import type { Fault } from '../assemblyai/close-codes.ts';
import type { ServerMessage, Turn } from '../assemblyai/messages.ts';
import type { SocketEnding } from '../ports.ts';
import {
  type FinalShape,
  finalText,
  startTurns,
  stepTurns,
  type TurnsInput,
  type TurnsState,
} from '../words/turns.ts';

/** One session of the service: one socket, one `Begin`. It only ever moves down this list. */
export type SessionState =
  | { readonly kind: 'opening'; readonly shape: FinalShape }
  | { readonly kind: 'streaming'; readonly turns: TurnsState; readonly voice: 'heard' | 'none' }
  /** `Terminate` was sent; finals still arrive. */
  | { readonly kind: 'draining'; readonly turns: TurnsState }
  /** All is said; the socket has a moment to close by itself. */
  | { readonly kind: 'closing'; readonly ending: SessionEnding }
  | { readonly kind: 'over' };

/** Which wait ran out. */
export type SessionTimer = 'begin' | 'held-final' | 'drain' | 'close';

export type SessionInput =
  | { readonly kind: 'received'; readonly message: ServerMessage }
  | { readonly kind: 'terminate-requested' }
  | { readonly kind: 'abort-requested' }
  /** The link is as good as dead, or the peer is no speech service. */
  | { readonly kind: 'given-up'; readonly fault: Fault }
  | { readonly kind: 'timed-out'; readonly timer: SessionTimer }
  | { readonly kind: 'socket-ended'; readonly ending: SocketEnding };

/** What the session came to. */
export interface SessionEnding {
  /** Absent when it was terminated as asked, or aborted. */
  readonly fault?: Fault;
  /** What `Termination` said, where it came. */
  readonly totals?: { readonly audioSeconds?: number; readonly sessionSeconds?: number };
  /** The words of turns that were never finalized. */
  readonly unsaved?: string;
}

export type SessionCommand =
  | { readonly kind: 'announce'; readonly begin: Extract<ServerMessage, { kind: 'begin' }> }
  | { readonly kind: 'preview' | 'deliver' | 'leave'; readonly turn: Turn }
  | { readonly kind: 'warn'; readonly code: number; readonly text: string }
  | { readonly kind: 'send-force-endpoint' | 'send-terminate' }
  | { readonly kind: 'set-timer' | 'clear-timer'; readonly timer: SessionTimer }
  | { readonly kind: 'close-socket' | 'abort-socket' }
  | { readonly kind: 'report'; readonly ending: SessionEnding };

export interface SessionStep {
  readonly state: SessionState;
  readonly commands: readonly SessionCommand[];
}

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
      if (input.kind === 'timed-out' && input.timer === 'close') {
        return over(state.ending, { kind: 'abort-socket' });
      }
      if (input.kind === 'abort-requested') return over(state.ending, { kind: 'abort-socket' });
      return to(state);
    case 'over':
      return to(state);
    default:
      return state satisfies never;
  }
}

type Opening = Extract<SessionState, { kind: 'opening' }>;
type Streaming = Extract<SessionState, { kind: 'streaming' }>;
type Draining = Extract<SessionState, { kind: 'draining' }>;

function stepOpening(state: Opening, input: SessionInput): SessionStep {
  switch (input.kind) {
    case 'received':
      if (input.message.kind === 'begin') {
        return to(
          { kind: 'streaming', turns: startTurns(state.shape), voice: 'none' },
          { kind: 'clear-timer', timer: 'begin' },
          { kind: 'announce', begin: input.message },
        );
      }
      return receivedAnywhere(state, input.message);
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
      if (input.message.kind === 'speech-started') return to({ ...state, voice: 'heard' });
      return receivedInSession(state, input.message);
    case 'timed-out':
      return input.timer === 'held-final' ? advance(state, { kind: 'release' }) : to(state);
    case 'terminate-requested': {
      const isTurnOpen = state.voice === 'heard' || state.turns.open.length > 0;
      return to(
        { kind: 'draining', turns: state.turns },
        ...(isTurnOpen ? [{ kind: 'send-force-endpoint' } as const] : []),
        { kind: 'send-terminate' },
        { kind: 'set-timer', timer: 'drain' },
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
    case 'timed-out':
      if (input.timer === 'held-final') return advance(state, { kind: 'release' });
      return input.timer === 'drain' ? finish(state, {}, { kind: 'close-socket' }) : to(state);
    case 'abort-requested':
      return finish(state, {}, { kind: 'close-socket' });
    default:
      return endedAnywhere(state, input);
  }
}

function receivedInSession(state: Streaming | Draining, message: ServerMessage): SessionStep {
  if (message.kind === 'turn') return advance(state, { kind: 'turn', turn: message.turn });
  if (message.kind !== 'termination') return receivedAnywhere(state, message);
  const { kind: _, ...totals } = message;
  // A Termination nobody asked for is a session lost in mid-speech, however politely.
  const fault = state.kind === 'streaming' ? { fault: UNASKED } : {};
  // The service closes after this; waiting for it lets its close status be told.
  return finish(state, { ...fault, totals });
}

const UNASKED: Fault = {
  kind: 'socket',
  ending: { kind: 'closed', code: 1000, reason: 'Session Ended' },
};

function receivedAnywhere(
  state: Opening | Streaming | Draining,
  message: ServerMessage,
): SessionStep {
  if (message.kind === 'warning') {
    return to(state, { kind: 'warn', code: message.code, text: message.text });
  }
  if (message.kind !== 'error') return to(state);
  // The close that follows has the same code; its reason is a fixed text (live, 2026-09).
  const ending = { kind: 'closed', code: message.code ?? 0, reason: '' } as const;
  return finish(state, { fault: { kind: 'socket', ending, error: message.text } });
}

function endedAnywhere(state: Opening | Streaming | Draining, input: SessionInput): SessionStep {
  if (input.kind === 'socket-ended') {
    const fault: Fault = { kind: 'socket', ending: input.ending };
    const { commands, ending } = settle(state, { fault });
    return to({ kind: 'over' }, ...commands, { kind: 'report', ending });
  }
  if (input.kind !== 'given-up') return to(state);
  const { commands, ending } = settle(state, { fault: input.fault });
  return over(ending, ...commands, { kind: 'abort-socket' });
}

function advance(state: Streaming | Draining, input: TurnsInput): SessionStep {
  const before = state.turns.held;
  const { turns, commands } = follow(state.turns, input);
  if (turns.held !== before) {
    commands.push({ kind: turns.held ? 'set-timer' : 'clear-timer', timer: 'held-final' });
  }
  const isOver = input.kind === 'turn' && input.turn.isFinal;
  if (state.kind === 'draining') return to({ kind: 'draining', turns }, ...commands);
  return to({ kind: 'streaming', turns, voice: isOver ? 'none' : state.voice }, ...commands);
}

/** Everything heard is handed over before the end is told. */
function settle(state: SessionState, ending: SessionEnding) {
  if (state.kind !== 'streaming' && state.kind !== 'draining') return { commands: [], ending };
  const { turns, commands } = follow(state.turns, { kind: 'release' });
  const unsaved = turns.open
    .map(finalText)
    .filter((text) => text !== '')
    .join(' ');
  return { commands, ending: unsaved === '' ? ending : { ...ending, unsaved } };
}

function follow(before: TurnsState, input: TurnsInput) {
  const { state: turns, outputs } = stepTurns(before, input);
  const commands: SessionCommand[] = outputs.map(({ kind, turn }) => ({
    kind: kind === 'commit' ? 'deliver' : kind,
    turn,
  }));
  return { turns, commands };
}

/** Nothing more is expected but the close of the socket. */
function finish(
  state: Opening | Streaming | Draining,
  ending: SessionEnding,
  ...after: readonly SessionCommand[]
): SessionStep {
  const settled = settle(state, ending);
  return to({ kind: 'closing', ending: settled.ending }, ...settled.commands, ...after, {
    kind: 'set-timer',
    timer: 'close',
  });
}

/** An `Error` frame may lack its code; the close that follows has it. */
function withCode(ending: SessionEnding, socket: SocketEnding): SessionEnding {
  const { fault } = ending;
  if (fault?.kind !== 'socket' || fault.ending.kind !== 'closed' || fault.ending.code !== 0) {
    return ending;
  }
  return { ...ending, fault: { ...fault, ending: socket } };
}

function over(ending: SessionEnding, ...commands: readonly SessionCommand[]): SessionStep {
  return to({ kind: 'over' }, ...commands, { kind: 'report', ending });
}

function to(state: SessionState, ...commands: readonly SessionCommand[]): SessionStep {
  return { state, commands };
}
