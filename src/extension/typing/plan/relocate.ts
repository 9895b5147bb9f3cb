import type { TextEdit } from './text-edit.ts';

interface Place {
  readonly offset: number;
  readonly before: string;
}

/**
 * Finds a place again whose surroundings were rewritten by `edit`, as a formatter does it: by what
 * stood before it, spaces and line breaks aside. What cannot be found is at the end of the new text.
 */
export function relocate({ offset, before }: Place, edit: TextEdit): number {
  const known = before.slice(-Math.max(1, offset - edit.offset));
  const wanted = withoutSpace(known).text;
  const rewritten = withoutSpace(edit.text);
  const expected = offset - edit.offset;
  let best: number | undefined;
  for (
    let at = rewritten.text.indexOf(wanted);
    wanted !== '' && at !== -1;
    at = rewritten.text.indexOf(wanted, at + 1)
  ) {
    const after = (rewritten.places[at + wanted.length - 1] ?? 0) + 1;
    if (best === undefined || Math.abs(after - expected) < Math.abs(best - expected)) best = after;
  }
  if (best === undefined) return edit.offset + edit.text.length;
  return edit.offset + best + spacesKept(known, edit.text.slice(best));
}

/** The text without white space, and where each of its characters was. */
function withoutSpace(text: string): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!isSpace(text.charAt(at))) places.push(at);
  }
  return { text: places.map((at) => text.charAt(at)).join(''), places };
}

/** A space that stood before the place stands before it still, where the rewrite left it. */
function spacesKept(before: string, after: string): number {
  const had = before.length - before.trimEnd().length;
  const has = after.length - after.trimStart().length;
  return Math.min(had, has);
}

function isSpace(character: string): boolean {
  return character.trim() === '';
}
