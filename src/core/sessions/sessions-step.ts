import type { DictationError } from '../errors.ts';
import type { SessionAccess } from '../request.ts';

/** One session, by the number it got when it was asked for. */
export type Id = number;

/**
 * Which sessions there are, and which of them leads: the one that audio flows into. The others wait
 * to take over, say their last words, or leave without a word.
 */
export type SessionsState = {
  /** The number the next session gets. */
  readonly next: Id;
  /** Told to end without a word; a dictation is over only when they are, because they are billed. */
  readonly leaving: readonly Id[];
} & (
  | None
  /** `asked`: a successor that access is being asked for. */
  | { readonly kind: 'one'; readonly lead: Id; readonly asked?: Id }
  | {
      readonly kind: 'with-successor';
      readonly lead: Id;
      readonly successor: Id;
      readonly begun: 'yes' | 'no';
    }
  /** The retiring one was told to terminate; its last words come before those of the lead. */
  | { readonly kind: 'changing-over'; readonly lead: Id; readonly retiring: Id }
);

interface None {
  readonly kind: 'none';
  /** The session that is wanted, while access to it is asked for. */
  readonly asked?: Id;
  /** The last session, whose end is held back until the leaving ones are gone. */
  readonly untold?: Id;
}

export type SessionsInput =
  | { readonly kind: 'open' }
  | { readonly kind: 'access-given'; readonly id: Id; readonly access: SessionAccess }
  | { readonly kind: 'access-refused'; readonly id: Id; readonly error: DictationError }
  | { readonly kind: 'begun'; readonly id: Id }
  /** `fault`: it was not asked to end. */
  | { readonly kind: 'ended'; readonly id: Id; readonly fault: 'some' | 'none' }
  | { readonly kind: 'expiring' }
  /** Time to change over; `hearing` says whether the lead shows that it hears. */
  | { readonly kind: 'change-over'; readonly hearing: 'hears' | 'doubtful' }
  | { readonly kind: 'terminate' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'abort' };

export type SessionsCommand =
  /** Answered by `access-given` or `access-refused`. */
  | { readonly kind: 'ask'; readonly id: Id }
  | { readonly kind: 'connect'; readonly id: Id; readonly access: SessionAccess }
  /** Audio flows into it from here: what must be heard again, or what comes next. */
  | { readonly kind: 'lead'; readonly id: Id; readonly from: 'replay' | 'next' }
  /** Its words are held back, are told after all, or are never told. */
  | { readonly kind: 'hold' | 'release' | 'discard'; readonly id: Id }
  | { readonly kind: 'terminate' | 'abort' | 'give-up'; readonly id: Id }
  /** It will not be heard any more: remember how far it heard. */
  | { readonly kind: 'note-heard'; readonly id: Id }
  /** Its unfinished words will not be heard by another session. */
  | { readonly kind: 'tell-left'; readonly id: Id }
  /** No session is left; `last` is absent where there was none. */
  | { readonly kind: 'tell-over'; readonly last?: Id }
  | { readonly kind: 'tell-no-access'; readonly error: DictationError };

export interface SessionsStep {
  readonly state: SessionsState;
  readonly commands: readonly SessionsCommand[];
}

export const NO_SESSIONS: SessionsState = { kind: 'none', next: 1, leaving: [] };

/** Pure: no socket, no clock. An input a state has no use for changes nothing. */
export function stepSessions(state: SessionsState, input: SessionsInput): SessionsStep {
  switch (input.kind) {
    case 'open':
      return state.kind === 'none' && state.asked === undefined ? ask(state) : to(state);
    case 'access-given':
      return connected(state, input);
    case 'access-refused':
      return refused(state, input.id, input.error);
    case 'begun':
      return begun(state, input.id);
    case 'ended':
      return ended(state, input.id, input.fault);
    case 'expiring':
      return state.kind === 'one' && state.asked === undefined ? ask(state) : to(state);
    case 'change-over':
      return changeOver(state, input.hearing);
    case 'terminate':
      return withLead(alone(state), 'terminate');
    case 'stalled':
      return withLead(to(state), 'give-up');
    case 'abort':
      return abort(state);
    default:
      return input satisfies never;
  }
}

function ask(state: Extract<SessionsState, { kind: 'none' | 'one' }>): SessionsStep {
  const id = state.next;
  return to({ ...state, next: id + 1, asked: id }, { kind: 'ask', id });
}

type Given = Extract<SessionsInput, { kind: 'access-given' }>;

/** Whoever is no longer wanted when access is given is not connected. */
function connected(state: SessionsState, { id, access }: Given): SessionsStep {
  if (!('asked' in state) || state.asked !== id) return to(state);
  const { next, leaving } = state;
  const connect = { kind: 'connect', id, access } as const;
  if (state.kind === 'none') return to({ kind: 'one', next, leaving, lead: id }, connect);
  return to(
    { kind: 'with-successor', next, leaving, lead: state.lead, successor: id, begun: 'no' },
    connect,
  );
}

function refused(state: SessionsState, id: Id, error: DictationError): SessionsStep {
  if (!('asked' in state) || state.asked !== id) return to(state);
  const { asked: _, ...rest } = state;
  // A successor that cannot be had leaves the lead as it is.
  return state.kind === 'one' ? to(rest) : to(rest, { kind: 'tell-no-access', error });
}

function begun(state: SessionsState, id: Id): SessionsStep {
  if (state.kind === 'none') return to(state);
  if (id === state.lead) return to(state, { kind: 'lead', id, from: 'replay' });
  const isSuccessor = state.kind === 'with-successor' && id === state.successor;
  return isSuccessor ? to({ ...state, begun: 'yes' }) : to(state);
}

/** The successor hears what comes next; its words wait for the last ones of the old session. */
function changeOver(state: SessionsState, hearing: 'hears' | 'doubtful'): SessionsStep {
  if (state.kind !== 'with-successor' || state.begun === 'no') return to(state);
  const { next, leaving, lead, successor } = state;
  // What it was sent may not have arrived, so the successor has to hear it too.
  if (hearing === 'doubtful') return to(state, { kind: 'give-up', id: lead });
  return to(
    { kind: 'changing-over', next, leaving, lead: successor, retiring: lead },
    { kind: 'hold', id: successor },
    { kind: 'lead', id: successor, from: 'next' },
    { kind: 'terminate', id: lead },
  );
}

function ended(state: SessionsState, id: Id, fault: 'some' | 'none'): SessionsStep {
  if (state.kind === 'none' || !membersOf(state).includes(id)) return gone(state, id);
  const { next, leaving } = state;
  const noted = { kind: 'note-heard', id } as const;

  if (state.kind === 'with-successor' && id === state.successor) {
    return to({ kind: 'one', next, leaving, lead: state.lead });
  }
  if (state.kind === 'changing-over' && id === state.retiring) {
    // Its last words are missing and come before those of the lead: both are heard again.
    if (fault === 'some') return startOver(state, id);
    return to(
      { kind: 'one', next, leaving, lead: state.lead },
      noted,
      { kind: 'tell-left', id },
      { kind: 'release', id: state.lead },
    );
  }
  if (fault === 'some' && state.kind === 'with-successor' && state.begun === 'yes') {
    const lead = state.successor;
    return to({ kind: 'one', next, leaving, lead }, noted, {
      kind: 'lead',
      id: lead,
      from: 'replay',
    });
  }
  return startOver(state, id);
}

/** There is no session any more, or none that is of use. */
function startOver(state: Exclude<SessionsState, None>, last: Id): SessionsStep {
  const { next } = state;
  const useless = membersOf(state).filter((id) => id !== last);
  const leaving = [...state.leaving, ...useless];
  const commands = [
    { kind: 'note-heard', id: last } as const,
    ...useless.map((id) => ({ kind: 'discard', id }) as const),
  ];
  if (leaving.length > 0) return to({ kind: 'none', next, leaving, untold: last }, ...commands);
  return to({ kind: 'none', next, leaving }, ...commands, { kind: 'tell-over', last });
}

/** One that was told to leave has left. */
function gone(state: SessionsState, id: Id): SessionsStep {
  const leaving = state.leaving.filter((each) => each !== id);
  if (state.kind !== 'none' || state.untold === undefined || leaving.length > 0) {
    return to({ ...state, leaving });
  }
  return to({ kind: 'none', next: state.next, leaving }, { kind: 'tell-over', last: state.untold });
}

function abort(state: SessionsState): SessionsStep {
  if (state.kind === 'none') {
    if (state.untold !== undefined) return to(state);
    const { asked: _, ...rest } = state;
    return to(rest, { kind: 'tell-over' });
  }
  const retiring =
    state.kind === 'changing-over' ? [{ kind: 'abort', id: state.retiring } as const] : [];
  const { state: left, commands } = alone(state);
  return withLead({ state: left, commands: [...commands, ...retiring] }, 'abort');
}

/** Without a successor, if there was one or was to be one. */
function alone(state: SessionsState): SessionsStep {
  if (state.kind === 'one') {
    const { asked: _, ...rest } = state;
    return to(rest);
  }
  if (state.kind !== 'with-successor') return to(state);
  const { next, lead, successor } = state;
  const leaving = [...state.leaving, successor];
  return to({ kind: 'one', next, leaving, lead }, { kind: 'discard', id: successor });
}

function withLead({ state, commands }: SessionsStep, kind: 'terminate' | 'give-up' | 'abort') {
  if (state.kind === 'none') return to(state, ...commands);
  return to(state, ...commands, { kind, id: state.lead });
}

/** Those that are not leaving. */
function membersOf(state: Exclude<SessionsState, None>): readonly Id[] {
  switch (state.kind) {
    case 'one':
      return [state.lead];
    case 'with-successor':
      return [state.lead, state.successor];
    case 'changing-over':
      return [state.lead, state.retiring];
    default:
      return state satisfies never;
  }
}

function to(state: SessionsState, ...commands: readonly SessionsCommand[]): SessionsStep {
  return { state, commands };
}
