import { type Disposable, Range, type TextDocument, TextEditorRevealType, window } from 'vscode';
import { editorsOf } from './ghost-text.ts';

/** Keeps the place where phrases land in view, unless the person looks elsewhere. */
export class View implements Disposable {
  readonly #document: TextDocument;
  readonly #watching: Disposable;
  /** Where phrases land, as far as is known. */
  #offset: number | undefined;
  /** `left` by the person: it was in view, and without a phrase it is not any more. */
  #place: 'unseen' | 'seen' | 'left' = 'unseen';

  constructor(document: TextDocument) {
    this.#document = document;
    // An editor tells of this too when it is laid out, so only what was seen can be left.
    this.#watching = window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      if (textEditor.document !== document) return;
      if (this.#isSeen()) this.#place = 'seen';
      else if (this.#place === 'seen') this.#place = 'left';
    });
  }

  /** Before a phrase is typed. */
  note(offset: number | undefined): void {
    this.#offset = offset;
    if (this.#isSeen()) this.#place = 'seen';
  }

  /** After it was typed. Whoever scrolled away before stays where they are. */
  follow(offset: number | undefined): void {
    this.#offset = offset;
    if (offset === undefined || this.#isSeen() || this.#place === 'left') return;
    const place = this.#document.positionAt(offset);
    for (const editor of editorsOf(this.#document)) {
      editor.revealRange(new Range(place, place), TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #isSeen(): boolean {
    if (this.#offset === undefined) return false;
    const { line } = this.#document.positionAt(this.#offset);
    return editorsOf(this.#document).some(({ visibleRanges }) =>
      visibleRanges.some(({ start, end }) => line >= start.line && line <= end.line),
    );
  }
}
