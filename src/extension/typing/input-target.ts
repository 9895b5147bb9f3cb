import { commands, type Disposable, l10n, window } from 'vscode';
import { type Delivery, type Target, TYPED } from './target.ts';

/**
 * Types like a keyboard into the input that has the focus: a chat, a comment, a commit message. An
 * input cannot be named, so the typing stops when a sign says that the focus went elsewhere.
 */
export class InputTarget implements Target {
  readonly #watching: readonly Disposable[];
  /** On this line, as far as is known. */
  #typed: 'nothing' | 'something' = 'nothing';
  #focus: 'kept' | 'lost' = 'kept';

  constructor() {
    const lost = () => {
      this.#focus = 'lost';
    };
    this.#watching = [
      window.onDidChangeActiveTextEditor(lost),
      window.onDidChangeTextEditorSelection(lost),
      window.onDidChangeActiveTerminal(lost),
      window.onDidChangeActiveNotebookEditor(lost),
    ];
  }

  preview(): void {}

  async type(phrase: string): Promise<Delivery> {
    if (this.#focus === 'lost') {
      return { kind: 'refused', reason: l10n.t('The input lost the focus') };
    }
    const text = phrase.trim();
    if (text === '') {
      await commands.executeCommand('type', { text: phrase });
      this.#typed = 'nothing';
      return TYPED;
    }
    await commands.executeCommand('type', {
      text: this.#typed === 'something' ? ` ${text}` : text,
    });
    this.#typed = 'something';
    return TYPED;
  }

  async undoLast(): Promise<'nothing-inserted'> {
    return 'nothing-inserted';
  }

  dispose(): void {
    for (const each of this.#watching) each.dispose();
  }
}
