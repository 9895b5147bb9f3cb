import { env, l10n, window } from 'vscode';
import type { Shell } from '../window-services.ts';

/** The phrases of this window; the chosen one goes to the clipboard. */
export async function showHistory({ history }: Shell): Promise<void> {
  if (history.phrases.length === 0) {
    void window.showInformationMessage(l10n.t('Lull: Nothing was dictated in this window yet'));
    return;
  }
  const chosen = await window.showQuickPick(
    history.phrases.map(({ text, atMs, fate }) => ({
      label: text,
      description: new Date(atMs).toLocaleTimeString(),
      ...(fate === 'typed' ? {} : { detail: l10n.t('$(warning) not typed anywhere') }),
    })),
    { title: l10n.t('Copy a phrase'), matchOnDetail: true },
  );
  if (chosen) await env.clipboard.writeText(chosen.label);
}
