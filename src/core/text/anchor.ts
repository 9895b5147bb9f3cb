import { relocate } from './relocate.ts';
import { endOf, growthOf, type TextEdit } from './text-edit.ts';

/**
 * A place in a text that edits move. Text inserted exactly there leaves open whether the place is
 * now before or after it: `offset` to `until` are both possible until a caret decides.
 */
export interface Anchor {
  readonly offset: number;
  readonly until: number;
  /** The text before `offset`, by which the place is found again after a rewrite. */
  readonly before: string;
}

/** Enough to be unlike other places, and little enough to be read at every edit. */
const CONTEXT_LENGTH = 64;

export function anchorAt(offset: number): Anchor {
  return { offset, until: offset, before: '' };
}

/** Where the anchor is after an edit made by anyone but Lull. */
export function moveAnchor(anchor: Anchor, edit: TextEdit): Anchor {
  const { offset, until } = anchor;
  const end = endOf(edit);
  if (edit.length === 0 && edit.offset >= offset && edit.offset <= until) {
    return { ...anchor, until: until + edit.text.length };
  }
  if (edit.offset >= until) return anchor;
  if (end <= offset) {
    return { ...anchor, offset: offset + growthOf(edit), until: until + growthOf(edit) };
  }
  const found = relocate(anchor, edit);
  return { ...anchor, offset: found, until: found };
}

/** Where the anchor is after Lull itself inserted there: behind its own text, without doubt. */
export function advanceAnchor(anchor: Anchor, edits: readonly TextEdit[]): Anchor {
  const passed = edits.filter((edit) => edit.offset <= anchor.offset);
  const offset = passed.reduce((sum, edit) => sum + growthOf(edit), anchor.offset);
  return { ...anchor, offset, until: offset };
}

/**
 * A caret at the far end typed its way there, so the anchor goes with it. A caret that stayed, or
 * is elsewhere, did not write that text: what a save or a formatter appended stays behind.
 */
export function settleAnchor(anchor: Anchor, carets: readonly number[]): Anchor {
  const { offset, until } = anchor;
  if (until === offset) return anchor;
  return carets.includes(until) ? { ...anchor, offset: until } : anchor;
}

/** Notes what stands before the anchor, after each change of the text. */
export function withContext(anchor: Anchor, read: (start: number, end: number) => string): Anchor {
  const { offset } = anchor;
  return { ...anchor, before: read(Math.max(0, offset - CONTEXT_LENGTH), offset) };
}
