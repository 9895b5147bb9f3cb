import { commands, type ExtensionContext } from 'vscode';
import { removeApiKey, setApiKey } from './commands/api-key.ts';
import { runDoctor } from './commands/doctor.ts';
import { showHistory } from './commands/history.ts';
import { chooseMicrophone, testMicrophone } from './commands/microphone.ts';
import { showUsage } from './commands/usage.ts';
import { Controller } from './controller.ts';
import { tellIgnoredSettings } from './ignored-settings.ts';
import { createShell } from './shell.ts';
import type { Place } from './targets/choose-target.ts';

let controller: Controller | undefined;

export function activate(context: ExtensionContext): void {
  const shell = createShell(context);
  const dictation = new Controller(shell);
  controller = dictation;

  const handlers: Readonly<Record<string, (args?: { readonly target?: Place }) => unknown>> = {
    startDictation: (args) => dictation.start(args?.target),
    stopDictation: () => dictation.stop(),
    toggleDictation: (args) => dictation.toggle(args?.target),
    cancelDictation: () => dictation.cancel(),
    keepListening: () => dictation.keepListening(),
    undoLastPhrase: () => dictation.undoLastPhrase(),
    setApiKey: () => setApiKey(shell),
    removeApiKey: () => removeApiKey(shell),
    chooseMicrophone: () => chooseMicrophone(shell),
    testMicrophone: () => testMicrophone(shell),
    runDoctor: () => runDoctor(shell),
    showUsage: () => showUsage(shell),
    showHistory: () => showHistory(shell),
    showLog: () => shell.log.show(),
  };
  for (const [name, handler] of Object.entries(handlers)) {
    context.subscriptions.push(commands.registerCommand(`lull.${name}`, handler));
  }
  void tellIgnoredSettings(shell.log);
}

/** VS Code waits for this, up to five seconds. */
export async function deactivate(): Promise<void> {
  await controller?.close();
}
