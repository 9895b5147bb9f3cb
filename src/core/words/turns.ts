import type { ModelFamily, Turn } from '../../protocol/index.ts';
import type { FinalShape } from '../assemblyai/request.ts';

/** One session's turns. Orders only grow, so one number remembers all that was delivered. */
export interface TurnsState {
  readonly shape: FinalShape;
  /** -1 before the first. */
  readonly lastCommitted: number;
  /** A final waiting for its formatted copy. */
  readonly held?: Turn;
  /** Turns heard of and not finished, by order: the one being spoken, seldom one before it. */
  readonly open: readonly Turn[];
}

export type TurnsInput =
  | { readonly kind: 'turn'; readonly turn: Turn }
  /** The time limit on a held final, or the end of the session: no better copy will come. */
  | { readonly kind: 'release' };

export type TurnsOutput =
  /** `left` for a turn that was passed over: a later one is finished, so it never will be. */
  | { readonly kind: 'partial' | 'final' | 'left'; readonly turn: Turn }
  /** A final whose words the service keeps to itself, and why. */
  | { readonly kind: 'withheld'; readonly reason: string };

export interface TurnsStep {
  readonly state: TurnsState;
  readonly outputs: readonly TurnsOutput[];
}

export function startTurns(shape: FinalShape): TurnsState {
  return { shape, lastCommitted: -1, open: [] };
}

/** Every final once and in order. Never compares text, because people repeat themselves. */
export function stepTurns(state: TurnsState, input: TurnsInput): TurnsStep {
  if (input.kind === 'release') return release(state);
  const { turn } = input;
  if (turn.order <= state.lastCommitted) return { state, outputs: [] };

  if (state.held && turn.order > state.held.order) {
    const released = release(state);
    const next = stepTurns(released.state, input);
    return { state: next.state, outputs: [...released.outputs, ...next.outputs] };
  }
  if (state.held && turn.order < state.held.order) return { state, outputs: [] };
  if (!turn.isFinal) {
    if (state.held) return { state, outputs: [] };
    const before = state.open.filter(({ order }) => order !== turn.order);
    if (before.some(({ order }) => order > turn.order)) return { state, outputs: [] };
    return { state: { ...state, open: [...before, turn] }, outputs: [{ kind: 'partial', turn }] };
  }
  if (state.shape === 'maybe-copied' && !turn.isFormatted && hasText(turn)) {
    const open = state.open.filter(({ order }) => order !== turn.order);
    return { state: { ...state, open, held: turn }, outputs: [{ kind: 'partial', turn }] };
  }
  // An empty copy must not swallow the words of the final that waits for it.
  if (state.held && !hasText(turn)) return release(state);
  return commit(state, turn);
}

/** What is inserted. Words stand in where a final came without its transcript. */
export function finalText({ transcript, words }: Turn): string {
  return transcript.trim() || joinWords({ words });
}

/**
 * What is shown. On US models `transcript` lags behind `words`, which hold the word being spoken
 * (live captures, 2026-09).
 */
export function previewText(turn: Turn, family: ModelFamily): string {
  if (family === 'pro' || turn.isFinal) return finalText(turn);
  return joinWords(turn) || turn.transcript.trim();
}

function hasText(turn: Turn): boolean {
  return finalText(turn) !== '';
}

function joinWords({ words }: Pick<Turn, 'words'>): string {
  return words
    .map(({ text }) => text)
    .join(' ')
    .trim();
}

function release(state: TurnsState): TurnsStep {
  return state.held ? commit(state, state.held) : { state, outputs: [] };
}

function commit(state: TurnsState, turn: Turn): TurnsStep {
  const isWithheld = turn.withheld !== undefined && !hasText(turn);
  // What was shown of words that are withheld is all there will be of them.
  const isOver = ({ order }: Turn) => order < turn.order || (order === turn.order && isWithheld);
  const passedOver = state.open.filter((open) => isOver(open) && hasText(open));
  const withheld = isWithheld ? [{ kind: 'withheld', reason: turn.withheld ?? '' } as const] : [];
  const left = passedOver.map((open) => ({ kind: 'left', turn: open }) as const);
  const open = state.open.filter(({ order }) => order > turn.order);
  const final = hasText(turn) ? [{ kind: 'final', turn } as const] : [];
  return {
    state: { shape: state.shape, lastCommitted: turn.order, open },
    outputs: [...left, ...withheld, ...final],
  };
}
