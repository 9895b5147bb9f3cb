import { relocate } from './relocate.ts';
import { endOf, growthOf, type ReadText, type TextEdit } from './text-edit.ts';

/**
 * A place in a text that edits move. Text inserted exactly there leaves open whether the place is
 * now before or behind it: `start` to `end` are all possible until something is said, and `offset`
 * follows the caret among them.
 */
export interface Anchor {
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  /** The text before the place, by which the place is found again after a rewrite. */
  readonly before: string;
}

/** Enough to be unlike other places, and little enough to be read at every edit. */
const CONTEXT_LENGTH = 64;

export function anchorAt(offset: number): Anchor {
  return { offset, start: offset, end: offset, before: '' };
}

/** Where the anchor is after an edit made by anyone but Lull. */
export function moveAnchor(anchor: Anchor, edit: TextEdit): Anchor {
  const { offset, start, end } = anchor;
  const growth = growthOf(edit);
  if (edit.length === 0 && edit.offset >= start && edit.offset <= end) {
    return { ...anchor, end: end + growth, offset: offset + (edit.offset < offset ? growth : 0) };
  }
  if (edit.offset >= end) return anchor;
  if (endOf(edit) <= start) {
    return { ...anchor, offset: offset + growth, start: start + growth, end: end + growth };
  }
  return anchorAt(relocate(anchor, edit));
}

/** Where the anchor is after an edit of Lull's own: behind it, without doubt, if it was there. */
export function advanceAnchor({ offset }: Anchor, edit: TextEdit): Anchor {
  if (offset < edit.offset) return anchorAt(offset);
  if (offset <= endOf(edit)) return anchorAt(edit.offset + edit.text.length);
  return anchorAt(offset + growthOf(edit));
}

/**
 * A caret behind the new text typed its way there, so the anchor goes with it. One that stayed did
 * not write that text, and what a save or a formatter appended stays behind the anchor.
 */
export function settleAnchor(anchor: Anchor, carets: readonly number[]): Anchor {
  const { start, end } = anchor;
  const caret = carets.find((each) => each >= start && each <= end);
  return caret === undefined ? anchor : { ...anchor, offset: caret };
}

/** Notes what stands before the anchor, after each change of the text. */
export function withContext(anchor: Anchor, read: ReadText): Anchor {
  const { offset } = anchor;
  return { ...anchor, before: read(Math.max(0, offset - CONTEXT_LENGTH), offset) };
}
