import { type Disposable, Range, type TextDocument, TextEditorRevealType, window } from 'vscode';
import { editorsOf } from './ghost-text.ts';

/** Keeps the place where phrases land in view, unless the person looks elsewhere. */
export class View implements Disposable {
  readonly #document: TextDocument;
  readonly #watching: Disposable;
  #scrolled: 'never' | 'since' = 'never';
  #was: 'seen' | 'unseen' = 'unseen';

  constructor(document: TextDocument) {
    this.#document = document;
    this.#watching = window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      if (textEditor.document === document) this.#scrolled = 'since';
    });
  }

  /** Before a phrase is typed. */
  note(offset: number | undefined): void {
    this.#was = this.#isSeen(offset) ? 'seen' : 'unseen';
  }

  /** After it was typed. Whoever scrolled away before stays where they are. */
  follow(offset: number | undefined): void {
    if (offset === undefined || this.#isSeen(offset)) return;
    if (this.#was === 'unseen' && this.#scrolled === 'since') return;
    const place = this.#document.positionAt(offset);
    for (const editor of editorsOf(this.#document)) {
      editor.revealRange(new Range(place, place), TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #isSeen(offset: number | undefined): boolean {
    if (offset === undefined) return false;
    const { line } = this.#document.positionAt(offset);
    return editorsOf(this.#document).some(({ visibleRanges }) =>
      visibleRanges.some(({ start, end }) => line >= start.line && line <= end.line),
    );
  }
}
