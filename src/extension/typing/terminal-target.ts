import { l10n, type Terminal, window } from 'vscode';
import { composer, SILENT, type Speech, type Utterance, withFiles } from './compose.ts';
import type { Names, TargetTools } from './document-target.ts';
import { type Delivery, type Target, TYPED } from './target.ts';

/** Types into the terminal that was active, and presses Enter there only when it is told to send. */
export class TerminalTarget implements Target {
  readonly #terminal: Terminal;
  readonly #speech: Speech;
  readonly #names: Names | undefined;
  /** On this line, as far as is known. */
  #typed = '';

  constructor(
    terminal: Terminal,
    { speech = SILENT, names }: Pick<TargetTools, 'speech' | 'names'> = {},
  ) {
    this.#terminal = terminal;
    this.#speech = speech;
    this.#names = names;
  }

  get name(): string {
    return this.#terminal.name;
  }

  preview(): void {}

  async type(utterance: Utterance): Promise<Delivery> {
    if (this.#isClosed()) return refused();
    if (utterance.kind === 'break') return TYPED;
    // What was sent cannot be taken back, so nothing is replaced.
    const { text } = composer(
      withFiles(utterance, { target: 'terminal', files: this.#names?.files ?? [] }),
      { target: 'terminal' },
      this.#speech,
    )({
      left: this.#typed,
      right: '',
    });
    const line = oneLine(text);
    if (line.trim() === '') return TYPED;
    this.#terminal.sendText(line, false);
    this.#typed += line;
    return TYPED;
  }

  /** What a shell made of the text is nobody's to take back. */
  async undoLast(): Promise<'nothing-inserted'> {
    return 'nothing-inserted';
  }

  async send(): Promise<Delivery> {
    if (this.#isClosed()) return refused();
    this.#terminal.sendText('', true);
    this.#typed = '';
    return TYPED;
  }

  dispose(): void {}

  #isClosed(): boolean {
    return !window.terminals.includes(this.#terminal) || this.#terminal.exitStatus !== undefined;
  }
}

function refused(): Delivery {
  return { kind: 'refused', reason: l10n.t('The terminal was closed') };
}

/** A line break would run a command that was only half said; other control characters do worse. */
function oneLine(phrase: string): string {
  return phrase.replaceAll(/\p{Cc}+/gu, ' ');
}
