import type { ExtensionContext } from 'vscode';
import { removeApiKey, setApiKey } from './commands/api-key.ts';
import { runDoctor } from './commands/doctor.ts';
import { showHistory } from './commands/history.ts';
import { previewKeyterms } from './commands/keyterms.ts';
import { chooseMicrophone, testMicrophone } from './commands/microphone.ts';
import { showUsage } from './commands/usage.ts';
import { Controller } from './dictation/controller.ts';
import type { CommandName } from './extension.ts';
import { tellIgnoredSettings } from './settings/ignored-settings.ts';
import { isPlace } from './typing/choose-target.ts';
import { createShell } from './window-services.ts';

/** The extension at work. */
export interface Lull {
  run(command: CommandName, args: unknown): unknown;
  close(): Promise<void>;
}

export function openLull(context: ExtensionContext): Lull {
  const shell = createShell(context);
  const dictation = new Controller(shell);
  const handlers: Readonly<Record<CommandName, (args: unknown) => unknown>> = {
    startDictation: (args) => dictation.start(placeOf(args)),
    stopDictation: () => dictation.stop(),
    toggleDictation: (args) => dictation.toggle(placeOf(args)),
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
    previewKeyterms: () => previewKeyterms(shell),
    showLog: () => shell.log.show(),
  };
  void tellIgnoredSettings(shell.log);
  return {
    run: (command, args) => handlers[command](args),
    close: () => dictation.close(),
  };
}

/** Menus pass their own arguments, of other kinds. */
function placeOf(args: unknown) {
  if (typeof args !== 'object' || args === null || !('target' in args)) return undefined;
  return isPlace(args.target) ? args.target : undefined;
}
