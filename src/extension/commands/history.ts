import { env, l10n, type QuickPickItem, window } from 'vscode';
import { plainLabel } from '../../text/index.ts';
import type { HeardPhrase } from '../dictation/history.ts';
import { chooseTarget, openNewDocument } from '../typing/choose-target.ts';
import type { Shell } from '../window-services.ts';

interface Choice extends QuickPickItem {
  readonly phrase: HeardPhrase;
}

/** The phrases of this window; the chosen one goes to the clipboard. */
export async function showHistory(shell: Shell): Promise<void> {
  const phrase = await choosePhrase(shell, l10n.t('Copy a phrase'));
  if (phrase) await env.clipboard.writeText(phrase.text);
}

/** The chosen phrase is typed where the person is. */
export async function insertFromHistory(shell: Shell): Promise<void> {
  const phrase = await choosePhrase(shell, l10n.t('Insert a phrase'));
  if (!phrase) return;
  const target =
    chooseTarget(undefined, shell, shell.lastPlace.place) ?? (await openNewDocument(shell));
  const delivery = await target.type({ kind: 'words', text: phrase.text, words: 'literal' });
  target.dispose();
  if (delivery.kind === 'typed') return;
  await env.clipboard.writeText(phrase.text);
  void window.showWarningMessage(
    l10n.t('Lull: {0}; the phrase is in the clipboard', plainLabel(delivery.reason)),
  );
}

async function choosePhrase({ history }: Shell, title: string): Promise<HeardPhrase | undefined> {
  if (history.phrases.length === 0) {
    void window.showInformationMessage(l10n.t('Lull: Nothing was dictated in this window yet'));
    return undefined;
  }
  const choices = history.phrases.map((phrase): Choice => {
    const { text, atMs, fate } = phrase;
    return {
      phrase,
      label: plainLabel(text),
      description: new Date(atMs).toLocaleTimeString(),
      ...(fate === 'typed' ? {} : { detail: l10n.t('$(warning) not typed anywhere') }),
    };
  });
  const chosen = await window.showQuickPick(choices, { title, matchOnDetail: true });
  return chosen?.phrase;
}
