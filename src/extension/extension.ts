import { commands, type ExtensionContext, l10n, StatusBarAlignment, window } from 'vscode';
import { COMMANDS } from './commands/command-names.ts';
import type { Lull } from './open-extension.ts';
import { LastPlace } from './typing/last-place.ts';

let lull: Promise<Lull> | undefined;

/** All the work is a bundle of its own, so that the editor's start pays for a table of names only. */
export function activate(context: ExtensionContext): void {
  const statusBarItem = window.createStatusBarItem('lull.status', StatusBarAlignment.Right, 100);
  statusBarItem.name = l10n.t('Lull Dictation');
  statusBarItem.text = '$(mic) Lull';
  statusBarItem.tooltip = l10n.t('Lull: click to start dictation');
  statusBarItem.command = 'lull.startDictation';
  statusBarItem.accessibilityInformation = {
    label: l10n.t('Lull is not listening. Start dictation.'),
    role: 'button',
  };
  statusBarItem.show();
  const lastPlace = new LastPlace();
  context.subscriptions.push(statusBarItem, lastPlace);

  const open = async (): Promise<Lull> =>
    (await import('./open-extension.ts')).openLull({ context, statusBarItem, lastPlace });
  for (const name of COMMANDS) {
    const run = async (args: unknown) => {
      lull ??= open();
      return (await lull).run(name, args);
    };
    context.subscriptions.push(commands.registerCommand(`lull.${name}`, run));
  }
}

/** VS Code waits for this, up to five seconds. */
export async function deactivate(): Promise<void> {
  await (await lull)?.close();
}
