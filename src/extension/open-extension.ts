import { Uri } from 'vscode';
import { removeApiKey, setApiKey } from './commands/api-key.ts';
import type { CommandName } from './commands/command-names.ts';
import { runDoctor } from './commands/doctor.ts';
import { fetchModel } from './commands/fetch-model.ts';
import { insertFromHistory, showHistory } from './commands/history.ts';
import { previewKeyterms } from './commands/keyterms.ts';
import { chooseMicrophone, testMicrophone } from './commands/microphone.ts';
import { showUsage } from './commands/usage.ts';
import { withdrawConsent } from './dictation/consent.ts';
import { Controller, type Start } from './dictation/controller.ts';
import { tellIgnoredSettings } from './settings/ignored-settings.ts';
import { isPlace } from './typing/choose-target.ts';
import { asFailure } from './window/failure.ts';
import { tellError } from './window/notices.ts';
import { createShell, type Entry } from './window-services.ts';

/** The extension at work. */
export interface Lull {
  run(command: CommandName, args: unknown): unknown;
  close(): Promise<void>;
}

export function openLull(entry: Entry): Lull {
  const shell = createShell(entry);
  const dictation = new Controller(shell);
  const handlers: Readonly<Record<CommandName, (args: unknown) => unknown>> = {
    startDictation: (args) => dictation.start(startOf(args)),
    startInTerminal: () => dictation.start({ place: 'terminal', by: 'command' }),
    stopDictation: () => dictation.stop(),
    toggleDictation: (args) => dictation.toggle(startOf(args)),
    cancelDictation: () => dictation.cancel(),
    keepListening: () => dictation.keepListening(),
    undoLastPhrase: () => dictation.undoLastPhrase(),
    setApiKey: () => setApiKey(shell),
    removeApiKey: () => removeApiKey(shell),
    withdrawConsent: () => withdrawConsent(entry.context),
    chooseEngine: () => dictation.chooseEngine(),
    fetchModel: () => fetchModel(shell.localEngine),
    chooseMicrophone: () => chooseMicrophone(shell),
    testMicrophone: () => testMicrophone(shell),
    runDoctor: () => runDoctor(shell),
    showUsage: () => showUsage(shell),
    showHistory: () => showHistory(shell),
    insertFromHistory: () => insertFromHistory(shell),
    previewKeyterms: () => previewKeyterms(shell),
    showLog: () => shell.log.show(),
  };
  void tellIgnoredSettings(shell.log);
  return {
    async run(command, args) {
      try {
        return await handlers[command](args);
      } catch (thrown) {
        // VS Code would show what is thrown as it is.
        const error = asFailure(thrown);
        shell.log.error(`${error.message} (${error.code})`, error.cause ?? '');
        void tellError(error);
        return undefined;
      }
    },
    close: () => dictation.close(),
  };
}

/** Key bindings say where they were pressed, and the menus of an editor say which file they are of. */
function startOf(args: unknown): Start {
  if (args instanceof Uri) return { by: 'command', place: 'editor' };
  if (typeof args !== 'object' || args === null || !('target' in args)) return { by: 'command' };
  return { by: 'key', ...(isPlace(args.target) ? { place: args.target } : {}) };
}
