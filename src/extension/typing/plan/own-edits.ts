import { endOf, growthOf, type TextEdit } from './text-edit.ts';

export interface AuthoredEdit {
  readonly edit: TextEdit;
  readonly author: 'lull' | 'other';
}

/**
 * Says which of the edits of one change are the `planned` ones. An editor adds edits of its own to
 * a change (it trims the white space it had put on a line that was left), and makes one edit of very
 * many. Nothing where the plan is not wholly among them.
 * @param edits carried out one after the other, as VS Code lists them
 * @param planned in ascending order, all at offsets of the text before the change
 */
export function tellApart(
  edits: readonly TextEdit[],
  planned: readonly TextEdit[],
): readonly AuthoredEdit[] | undefined {
  if (planned.length === 0) return undefined;
  let waiting = planned;
  const authored: AuthoredEdit[] = [];
  for (const edit of edits) {
    const found = waiting.find((each) => isSame(each, edit));
    const parts = found ? [found] : partsOf(edit, waiting);
    waiting = waiting.filter((each) => !parts.includes(each));
    if (parts.length === 0) authored.push({ edit, author: 'other' });
    // From the end of the text, none moves the one that comes after it.
    for (const part of [...parts].reverse()) authored.push({ edit: part, author: 'lull' });
    waiting = waiting.map((each) => moved(each, edit));
  }
  return waiting.length === 0 ? authored : undefined;
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return one.offset === other.offset && one.length === other.length && one.text === other.text;
}

/** VS Code makes one edit of more than a thousand: all of them, where `edit` is their sum. */
function partsOf(edit: TextEdit, planned: readonly TextEdit[]): readonly TextEdit[] {
  const [first, last] = [planned[0], planned.at(-1)];
  if (planned.length < 2 || !first || !last) return [];
  if (first.offset !== edit.offset || endOf(last) !== endOf(edit)) return [];
  let grown = 0;
  for (const each of planned) {
    const at = each.offset - edit.offset + grown;
    if (edit.text.slice(at, at + each.text.length) !== each.text) return [];
    grown += growthOf(each);
  }
  return grown === growthOf(edit) ? planned : [];
}

function moved(planned: TextEdit, edit: TextEdit): TextEdit {
  if (endOf(edit) > planned.offset) return planned;
  return { ...planned, offset: planned.offset + growthOf(edit) };
}
