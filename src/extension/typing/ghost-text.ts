import {
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
} from 'vscode';
import type { TextEdit } from './plan/text-edit.ts';

/** A decoration does not wrap, so of a long turn its newest words are shown. */
const MOST_CHARACTERS = 72;

/** Words on their way, shown at the carets; never in the document nor in its undo history. */
export class GhostText implements Disposable {
  readonly #style = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorGhostText.foreground'), fontStyle: 'italic' },
  });

  /** Replaces what was shown in the document's editors. */
  show(document: TextDocument, pieces: readonly Pick<TextEdit, 'offset' | 'text'>[]): void {
    const decorations = pieces.map(({ offset, text }) => {
      const place = document.positionAt(offset);
      const after = { contentText: lastWords(text) };
      return { range: new Range(place, place), renderOptions: { after } };
    });
    for (const editor of editorsOf(document)) editor.setDecorations(this.#style, decorations);
  }

  dispose(): void {
    this.#style.dispose();
  }
}

export function editorsOf(document: TextDocument): readonly TextEditor[] {
  return window.visibleTextEditors.filter((editor) => editor.document === document);
}

/** The end of a text on one line, cut between words. The editor swallows common spaces. */
function lastWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  const end = line.slice(-MOST_CHARACTERS);
  const shown = line.length > MOST_CHARACTERS ? `…${end.slice(end.indexOf(' ') + 1)}` : line;
  return shown.replaceAll(' ', '\u00a0');
}
