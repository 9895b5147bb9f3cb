import {
  type Position,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { editorsOf } from './ghost-text.ts';
import type { TextEdit } from './plan/text-edit.ts';

/**
 * Changes the document in one undo step. `outdated`: it changed on the way, or its editor went.
 * `accepted` says only that nobody objected.
 */
export async function applyEdits(
  document: TextDocument,
  edits: readonly TextEdit[],
): Promise<'accepted' | 'outdated'> {
  const [editor] = editorsOf(document);
  try {
    const accepted = editor
      ? await applyInEditor(editor, edits)
      : await workspace.applyEdit(asWorkspaceEdit(document, edits));
    return accepted ? 'accepted' : 'outdated';
  } catch {
    // VS Code throws for an editor that was closed between the question and the answer.
    return 'outdated';
  }
}

async function applyInEditor(editor: TextEditor, edits: readonly TextEdit[]): Promise<boolean> {
  const { document, selections } = editor;
  const kept = selections.map((selection) => selectionAfter(document, selection, edits));
  const accepted = await editor.edit(
    (builder) => {
      for (const edit of edits) {
        const range = rangeOf(document, edit);
        // insert() takes a caret along, as a keyboard does.
        if (edit.length === 0) builder.insert(range.start, edit.text);
        else builder.replace(range, edit.text);
      }
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
  if (accepted) giveBackSelections(editor, kept);
  return accepted;
}

/** Offsets a selection has after the edits; none for a caret, or one that no edit touches. */
type Kept =
  | { readonly anchor: number; readonly active: number; readonly grownTo: number }
  | undefined;

/**
 * A selection grows by what is inserted at its end, and what replaces it is selected: both would be
 * typed over by the next key.
 */
function selectionAfter(
  document: TextDocument,
  { anchor, active, isEmpty, start, end }: Selection,
  edits: readonly TextEdit[],
): Kept {
  const last = document.offsetAt(end);
  const replacing = isEmpty ? undefined : edits.find((edit) => covers(edit, document, start, last));
  if (replacing) {
    const before = edits.filter(({ offset }) => offset < replacing.offset);
    const caret = replacing.offset + grownBy(before) + replacing.text.length;
    return { anchor: caret, active: caret, grownTo: caret };
  }
  const inserted = edits.find(({ offset, length }) => offset === last && length === 0);
  if (isEmpty || !inserted) return undefined;
  const passed = edits.filter(({ offset }) => offset < last);
  const moved = grownBy(passed);
  return {
    anchor: document.offsetAt(anchor) + moved,
    active: document.offsetAt(active) + moved,
    grownTo: last + moved + inserted.text.length,
  };
}

function covers(
  { offset, length }: TextEdit,
  document: TextDocument,
  start: Position,
  end: number,
): boolean {
  return length > 0 && offset <= document.offsetAt(start) && offset + length >= end;
}

function grownBy(edits: readonly TextEdit[]): number {
  return edits.reduce((sum, { length, text }) => sum + text.length - length, 0);
}

function giveBackSelections(editor: TextEditor, kept: readonly Kept[]): void {
  const { document } = editor;
  const isGrown = (selection: Selection, was: Kept) =>
    was !== undefined && document.offsetAt(selection.end) === was.grownTo;
  if (!editor.selections.some((selection, index) => isGrown(selection, kept[index]))) return;
  editor.selections = editor.selections.map((selection, index) => {
    const was = kept[index];
    if (!was || !isGrown(selection, was)) return selection;
    return new Selection(document.positionAt(was.anchor), document.positionAt(was.active));
  });
}

function asWorkspaceEdit(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const all = new WorkspaceEdit();
  for (const edit of edits) all.replace(document.uri, rangeOf(document, edit), edit.text);
  return all;
}

function rangeOf(document: TextDocument, { offset, length }: TextEdit): Range {
  return new Range(document.positionAt(offset), document.positionAt(offset + length));
}
