import { l10n, type Terminal, window } from 'vscode';
import { type Delivery, type Target, TYPED } from './target.ts';

/** Types into the terminal that was active, and never presses Enter there. */
export class TerminalTarget implements Target {
  readonly #terminal: Terminal;
  #typed: 'nothing' | 'something' = 'nothing';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  preview(): void {}

  async type(phrase: string): Promise<Delivery> {
    if (!window.terminals.includes(this.#terminal) || this.#terminal.exitStatus !== undefined) {
      return { kind: 'refused', reason: l10n.t('The terminal was closed') };
    }
    const text = oneLine(phrase);
    if (text === '') return TYPED;
    this.#terminal.sendText(this.#typed === 'something' ? ` ${text}` : text, false);
    this.#typed = 'something';
    return TYPED;
  }

  /** What a shell made of the text is nobody's to take back. */
  async undoLast(): Promise<'nothing-inserted'> {
    return 'nothing-inserted';
  }

  dispose(): void {}
}

/** A line break would run a command that was only half said; other control characters do worse. */
function oneLine(phrase: string): string {
  return phrase.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
