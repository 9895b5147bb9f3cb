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

/** Whether two sets of edits are the same, in whatever order they are listed. */
export function sameEdits(some: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  if (some.length !== others.length) return false;
  const sorted = [...others].sort(byOffset);
  return [...some].sort(byOffset).every((edit, index) => {
    const other = sorted[index];
    return (
      edit.offset === other?.offset && edit.length === other.length && edit.text === other.text
    );
  });
}

function byOffset(one: TextEdit, other: TextEdit): number {
  return one.offset - other.offset;
}
