import { commands, type ExtensionContext } from 'vscode';
import type { Lull } from './open-extension.ts';

/** All the work is a bundle of its own, so that the editor's start pays for a table of names only. */
const COMMANDS = [
  'startDictation',
  'stopDictation',
  'toggleDictation',
  'cancelDictation',
  'keepListening',
  'undoLastPhrase',
  'setApiKey',
  'removeApiKey',
  'chooseMicrophone',
  'testMicrophone',
  'runDoctor',
  'showUsage',
  'showHistory',
  'previewKeyterms',
  'showLog',
] as const;

export type CommandName = (typeof COMMANDS)[number];

let lull: Promise<Lull> | undefined;

export function activate(context: ExtensionContext): void {
  const open = async (): Promise<Lull> => (await import('./open-extension.ts')).openLull(context);
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
