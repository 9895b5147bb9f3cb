import { type Command, commands, env, l10n, window } from 'vscode';
import { plainLabel } from '../../text/index.ts';
import { seconds } from './closing-line.ts';
import { type Problem, remediesFor, settingIn } from './remedies.ts';

/** Tells an error once, with buttons for what helps. */
export async function tellError(
  problem: Problem,
  { kept = 'nothing' }: { readonly kept?: 'words' | 'nothing' } = {},
): Promise<void> {
  const history = { command: 'lull.showHistory', title: l10n.t('Show History') };
  const remedies = [...remediesFor(problem).slice(0, 2), ...(kept === 'words' ? [history] : [])];
  const titles = remedies.map(({ title }) => title);
  const answer = await window.showErrorMessage(`Lull: ${sentenceOf(problem)}`, ...titles);
  const chosen = remedies.find(({ title }) => title === answer);
  if (chosen) await runRemedy(chosen);
}

/** The message, and the setting it is about where the service names only its own parameter. */
export function sentenceOf({ code, message }: Problem): string {
  const setting = code === 'request-refused' ? settingIn(message) : undefined;
  return setting === undefined
    ? plainLabel(message)
    : l10n.t('{0}; look at the setting lull.{1}', plainLabel(message), setting);
}

async function runRemedy({ command, arguments: args = [] }: Command): Promise<void> {
  await commands.executeCommand(command, ...args);
}

/** Warnings of one code are shown once in a dictation. */
export class Warnings {
  readonly #told = new Set<string>();

  tell(code: string, message: string): void {
    if (this.#told.has(code)) return;
    this.#told.add(code);
    void window.showWarningMessage(`Lull: ${plainLabel(message)}`);
  }
}

/** Before the stop, so that the last sentence need not be cut in two. */
export async function tellBudget(leftMs: number): Promise<void> {
  const raise = l10n.t('Open Settings');
  const answer = await window.showWarningMessage(
    l10n.t("Lull: This month's budget ends in {0}", seconds(Math.ceil(leftMs / 1_000))),
    raise,
  );
  if (answer !== raise) return;
  await commands.executeCommand('workbench.action.openSettings', '@id:lull.monthlyBudgetUsd');
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
      l10n.t('Lull: {0}; what you said is kept in the history', plainLabel(reason)),
      copy,
      history,
    );
    const text = this.#texts.join(' ');
    this.#texts = [];
    if (answer === copy) await env.clipboard.writeText(text);
    if (answer === history) await commands.executeCommand('lull.showHistory');
  }
}
