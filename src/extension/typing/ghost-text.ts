import {
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  window,
} from 'vscode';
import type { TextEdit } from './plan/text-edit.ts';

/** As many characters as most editors are wide; a caret far to the right leaves less room. */
const WIDTH = 120;
const MOST_CHARACTERS = 72;
const FEWEST_CHARACTERS = 24;

/** Words on their way, shown at the carets; never in the document nor in its undo history. */
export class GhostText implements Disposable {
  readonly #style = window.createTextEditorDecorationType({
    after: {
      color: new ThemeColor('lull.previewForeground'),
      backgroundColor: new ThemeColor('lull.previewBackground'),
      border: '1px dashed',
      borderColor: new ThemeColor('lull.previewBorder'),
      fontStyle: 'italic',
    },
  });

  /** Replaces what was shown in the document's editors. */
  show(document: TextDocument, pieces: readonly Pick<TextEdit, 'offset' | 'text'>[]): void {
    const decorations = pieces.map(({ offset, text }) => {
      const place = document.positionAt(offset);
      const after = { contentText: newestWords(text, place.character) };
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
export function newestWords(text: string, column: number): string {
  const most = Math.max(Math.min(MOST_CHARACTERS, WIDTH - column), FEWEST_CHARACTERS);
  const line = text.replaceAll(/\s+/g, ' ');
  const end = line.slice(-most);
  const shown = line.length > most ? `…${end.slice(end.indexOf(' ') + 1)}` : line;
  return shown.replaceAll(' ', '\u00a0');
}
