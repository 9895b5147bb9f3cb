/** One change of a text: `length` UTF-16 units at `offset` become `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Reads a part of the text as it is now; the end may lie beyond it. */
export type ReadText = (start: number, end: number) => string;

/** Where the replaced part ends, before the edit. */
export function endOf({ offset, length }: TextEdit): number {
  return offset + length;
}

/** How much longer the text becomes. */
export function growthOf({ length, text }: TextEdit): number {
  return text.length - length;
}

/** The edits that gave `text` its line breaks in place of those it had, the last one first. */
export function lineBreakEdits(text: string, lineBreak: '\n' | '\r\n'): readonly TextEdit[] {
  const length = lineBreak === '\n' ? 2 : 1;
  const growth = lineBreak.length - length;
  return [...text.matchAll(/\r\n|\n/g)]
    .map(({ index }, count) => ({ offset: index - count * growth, length, text: lineBreak }))
    .reverse();
}
