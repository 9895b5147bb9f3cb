import {
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
} from 'vscode';

/** A decoration does not wrap, so of a long turn its newest words are shown. */
const MOST_CHARACTERS = 72;

/** Words on their way, shown at the carets; never in the document nor in its undo history. */
export class GhostText implements Disposable {
  readonly #style = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorGhostText.foreground'), fontStyle: 'italic' },
  });

  show(document: TextDocument, offsets: readonly number[], text: string): void {
    const contentText = lastWords(text);
    const decorations = offsets.map((offset) => {
      const place = document.positionAt(offset);
      return { range: new Range(place, place), renderOptions: { after: { contentText } } };
    });
    for (const editor of editorsOf(document)) {
      editor.setDecorations(this.#style, contentText === '' ? [] : decorations);
    }
  }

  dispose(): void {
    this.#style.dispose();
  }
}

export function editorsOf(document: TextDocument): readonly TextEditor[] {
  return window.visibleTextEditors.filter((editor) => editor.document === document);
}

/** The end of a text on one line, cut between words. */
export function lastWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= MOST_CHARACTERS) return line;
  const end = line.slice(-MOST_CHARACTERS);
  return `…${end.slice(end.indexOf(' ') + 1)}`;
}
