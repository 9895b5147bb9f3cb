import { commands, env, l10n, window } from 'vscode';
import type { DictationError } from '../../core/index.ts';
import { remedyFor } from './remedies.ts';

/** Tells an error, with a button for what helps. */
export async function tellError(error: Pick<DictationError, 'code' | 'message'>): Promise<void> {
  const remedy = remedyFor(error.code);
  const answer = await window.showErrorMessage(l10n.t('Lull: {0}', error.message), remedy.title);
  if (answer !== remedy.title) return;
  await commands.executeCommand(remedy.command, ...(remedy.arguments ?? []));
}

/** Warnings of one code are shown once in a dictation. */
export class Warnings {
  readonly #told = new Set<string>();

  tell(code: string, message: string): void {
    if (this.#told.has(code)) return;
    this.#told.add(code);
    void window.showWarningMessage(l10n.t('Lull: {0}', message));
  }
}

/** Words that found no place. They are in the history, and offered to the clipboard. */
export class Unplaced {
  #texts: readonly string[] = [];

  /** One offer at a time; what comes while it is open joins it. */
  offer(text: string, reason: string): void {
    this.#texts = [...this.#texts, text];
    if (this.#texts.length === 1) void this.#ask(reason);
  }

  async #ask(reason: string): Promise<void> {
    const copy = l10n.t('Copy');
    const history = l10n.t('Show History');
    const answer = await window.showWarningMessage(
      l10n.t('Lull: {0}; what you said is kept in the history', reason),
      copy,
      history,
    );
    const text = this.#texts.join(' ');
    this.#texts = [];
    if (answer === copy) await env.clipboard.writeText(text);
    if (answer === history) await commands.executeCommand('lull.showHistory');
  }
}
