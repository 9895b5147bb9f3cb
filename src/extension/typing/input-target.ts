import { commands, type Disposable, l10n, window } from 'vscode';
import { composer, SILENT, type Speech, type Utterance, withFiles } from './compose.ts';
import type { Names, TargetTools } from './document-target.ts';
import { type Delivery, type Target, TYPED } from './target.ts';

/**
 * Types like a keyboard into the input that has the focus: a chat, a comment, a commit message. An
 * input cannot be named, so the typing stops when a sign says that the focus went elsewhere.
 */
export class InputTarget implements Target {
  /** In a chat alone Enter sends; elsewhere it does who knows what. */
  readonly send?: () => Promise<Delivery>;
  readonly #watching: readonly Disposable[];
  /** On this line, as far as is known. */
  #typed = '';
  #focus: 'kept' | 'lost' = 'kept';

  readonly #speech: Speech;
  readonly #names: Names | undefined;

  constructor(
    kind: 'chat' | 'input',
    { speech = SILENT, names }: Pick<TargetTools, 'speech' | 'names'> = {},
  ) {
    if (kind === 'chat') this.send = () => this.#submit();
    this.#speech = speech;
    this.#names = names;
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

  async type(utterance: Utterance): Promise<Delivery> {
    if (this.#focus === 'lost') return refused();
    if (utterance.kind === 'break') {
      await commands.executeCommand('type', { text: utterance.text });
      this.#typed = '';
      return TYPED;
    }
    // What was typed cannot be taken back, so nothing is replaced.
    const { text } = composer(
      withFiles(utterance, { target: 'chat', files: this.#names?.files ?? [] }),
      { target: 'chat' },
      this.#speech,
    )({
      left: this.#typed,
      right: '',
    });
    await commands.executeCommand('type', { text });
    this.#typed += text;
    return TYPED;
  }

  async undoLast(): Promise<'nothing-inserted'> {
    return 'nothing-inserted';
  }

  dispose(): void {
    for (const each of this.#watching) each.dispose();
  }

  async #submit(): Promise<Delivery> {
    if (this.#focus === 'lost') return refused();
    await commands.executeCommand('workbench.action.chat.submit');
    this.#typed = '';
    return TYPED;
  }
}

function refused(): Delivery {
  return { kind: 'refused', reason: l10n.t('The input lost the focus') };
}
