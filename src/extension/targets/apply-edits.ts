import { Range, type TextDocument, type TextEditor, WorkspaceEdit, workspace } from 'vscode';
import type { TextEdit } from '../../core/index.ts';
import { editorsOf } from './ghost-text.ts';

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

function applyInEditor(editor: TextEditor, edits: readonly TextEdit[]): Thenable<boolean> {
  const { document, selections } = editor;
  return editor.edit(
    (builder) => {
      for (const edit of edits) {
        const range = rangeOf(document, edit);
        // insert() takes the caret along; replace() leaves a selection that ends here as it is.
        const endsSelection = selections.some(
          (selection) => !selection.isEmpty && selection.end.isEqual(range.start),
        );
        if (edit.length === 0 && !endsSelection) builder.insert(range.start, edit.text);
        else builder.replace(range, edit.text);
      }
    },
    { undoStopBefore: true, undoStopAfter: true },
  );
}

function asWorkspaceEdit(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const all = new WorkspaceEdit();
  for (const edit of edits) all.replace(document.uri, rangeOf(document, edit), edit.text);
  return all;
}

function rangeOf(document: TextDocument, { offset, length }: TextEdit): Range {
  return new Range(document.positionAt(offset), document.positionAt(offset + length));
}
