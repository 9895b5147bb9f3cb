import { relocate } from './relocate.ts';
import { endOf, growthOf, type ReadText, type TextEdit } from './text-edit.ts';

/**
 * A place in a text that edits move. Text inserted exactly there leaves open whether the place is
 * now at its start or its end; the caret decides, and may change its mind until something is said.
 */
export interface Anchor {
  readonly start: number;
  readonly end: number;
  readonly side: 'start' | 'end';
  /** The text before the place, by which the place is found again after a rewrite. */
  readonly before: string;
}

/** Enough to be unlike other places, and little enough to be read at every edit. */
const CONTEXT_LENGTH = 64;

export function anchorAt(offset: number): Anchor {
  return { start: offset, end: offset, side: 'start', before: '' };
}

export function offsetOf({ start, end, side }: Anchor): number {
  return side === 'start' ? start : end;
}

/** Where the anchor is after an edit made by anyone but Lull. */
export function moveAnchor(anchor: Anchor, edit: TextEdit): Anchor {
  const { start, end } = anchor;
  if (edit.length === 0 && edit.offset >= start && edit.offset <= end) {
    return { ...anchor, end: end + edit.text.length };
  }
  if (edit.offset >= end) return anchor;
  if (endOf(edit) <= start) {
    return { ...anchor, start: start + growthOf(edit), end: end + growthOf(edit) };
  }
  return anchorAt(relocate({ offset: offsetOf(anchor), before: anchor.before }, edit));
}

/** Where the anchor is after Lull itself inserted there: behind its own text, without doubt. */
export function advanceAnchor(anchor: Anchor, edits: readonly TextEdit[]): Anchor {
  const offset = offsetOf(anchor);
  const passed = edits.filter((edit) => edit.offset <= offset);
  return anchorAt(passed.reduce((sum, edit) => sum + growthOf(edit), offset));
}

/**
 * A caret at the end typed its way there, so the anchor goes with it. One that stayed at the start
 * did not write that text, and what a save or a formatter appended there stays behind.
 */
export function settleAnchor(anchor: Anchor, carets: readonly number[]): Anchor {
  if (carets.includes(anchor.end)) return { ...anchor, side: 'end' };
  if (carets.includes(anchor.start)) return { ...anchor, side: 'start' };
  return anchor;
}

/** Notes what stands before the anchor, after each change of the text. */
export function withContext(anchor: Anchor, read: ReadText): Anchor {
  const offset = offsetOf(anchor);
  return { ...anchor, before: read(Math.max(0, offset - CONTEXT_LENGTH), offset) };
}
