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
  /** How much of the sound the engine has not listened to yet, where that is worth a word. */
  readonly behindMs?: number;
  /** How far a recording is. */
  readonly heard?: { readonly audioMs: number; readonly tookMs: number };
}

export const INITIAL_PREVIEW: PreviewState = { progress: { kind: 'connecting' } };

const NOTHING_HEARD = { audioMs: 0, tookMs: 0 };

/** Pure: the preview after `event`; the same object where it changes nothing to see. */
export function previewAfter(
  state: PreviewState,
  event: DictationEvent | DictationTrace,
): PreviewState {
  const progress = progressAfter(state.progress, event, 0);
  const next = progress === state.progress ? state : { ...state, progress };
  if (event.type === 'behind') {
    const { behindMs: _, ...caughtUp } = next;
    return event.behindMs === 0 ? caughtUp : { ...caughtUp, behindMs: event.behindMs };
  }
  if (event.type === 'heard') {
    // Of one that is cut short, what was sent already is still listened to.
    if (state.progress.kind === 'stopping' && state.heard === undefined) return next;
    return { ...next, heard: { audioMs: event.audioMs, tookMs: event.tookMs } };
  }
  if (event.type === 'stopping') {
    const { heard = NOTHING_HEARD, ...stopping } = next;
    // An engine on this machine may be sent all of a recording before it has listened to any.
    return event.reason === 'audio-ended' ? { ...stopping, heard } : stopping;
  }
  if (event.type === 'partial') return { ...next, partial: { turn: event.turn, text: event.text } };
  // The next turn's partial may already be there when a final was held back.
  const isSaid = event.type === 'final' && (next.partial?.turn ?? Infinity) <= event.turn;
  if (!isSaid) return next;
  const { partial: _, ...rest } = next;
  return rest;
}
