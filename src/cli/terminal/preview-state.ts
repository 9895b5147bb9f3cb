import {
  type DictationEvent,
  type DictationTrace,
  type Progress,
  progressAfter,
} from '../../core/index.ts';

/** What the preview at the bottom of the terminal shows. */
export interface PreviewState {
  readonly progress: Progress;
  /** The turn being spoken. */
  readonly partial?: { readonly turn: number; readonly text: string };
}

export const INITIAL_PREVIEW: PreviewState = { progress: { kind: 'connecting' } };

/** Pure: the preview after `event`; the same object where it changes nothing to see. */
export function previewAfter(
  state: PreviewState,
  event: DictationEvent | DictationTrace,
): PreviewState {
  const progress = progressAfter(state.progress, event, 0);
  const next = progress === state.progress ? state : { ...state, progress };
  if (event.type === 'partial') return { ...next, partial: { turn: event.turn, text: event.text } };
  // The next turn's partial may already be there when a final was held back.
  const isSaid = event.type === 'final' && (next.partial?.turn ?? Infinity) <= event.turn;
  return isSaid ? { progress: next.progress } : next;
}
