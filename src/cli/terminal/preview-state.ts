import type { CountdownReason, DictationEvent } from '../../core/index.ts';

/** What the preview at the bottom of the terminal shows. */
export interface PreviewState {
  readonly phase: 'connecting' | 'listening' | 'reconnecting' | 'stopping';
  /** The turn being spoken. */
  readonly partial?: { readonly turn: number; readonly text: string };
  readonly countdown?: { readonly remainingMs: number; readonly reason: CountdownReason };
}

export const INITIAL_PREVIEW: PreviewState = { phase: 'connecting' };

/** Pure: the preview after `event`; the same object where it changes nothing to see. */
export function previewAfter(state: PreviewState, event: DictationEvent): PreviewState {
  switch (event.type) {
    case 'listening':
    case 'begin':
      return state.phase === 'stopping' ? state : { ...state, phase: 'listening' };
    case 'partial':
      return { ...state, partial: { turn: event.turn, text: event.text } };
    case 'final':
      // The next turn's partial may already be there when a final was held back.
      if (state.partial === undefined || state.partial.turn > event.turn) return state;
      return without(state, 'partial');
    case 'countdown':
      return { ...state, countdown: { remainingMs: event.remainingMs, reason: event.reason } };
    case 'countdown-cleared':
      return without(state, 'countdown');
    case 'reconnecting':
      return { ...without(state, 'countdown'), phase: 'reconnecting' };
    case 'stopping':
      return { ...without(state, 'countdown'), phase: 'stopping' };
    default:
      return state;
  }
}

function without(state: PreviewState, field: 'partial' | 'countdown'): PreviewState {
  if (state[field] === undefined) return state;
  const { [field]: _, ...rest } = state;
  return rest;
}
