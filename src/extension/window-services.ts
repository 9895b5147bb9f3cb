import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Clock } from '../core/index.ts';
import { createMonotonicClock } from '../host/index.ts';
import { History } from './dictation/history.ts';
import { OtherWindows } from './dictation/other-windows.ts';
import { Usage } from './dictation/usage.ts';
import { KeyStore } from './settings/key-store.ts';
import { LocalEngine } from './settings/local-engine.ts';
import { GhostText } from './typing/ghost-text.ts';
import { CueSounds } from './window/cue-sounds.ts';
import { createLog } from './window/log.ts';
import { StatusBar } from './window/status-bar.ts';

/** What all of the extension shares, for the life of the window. */
export interface Shell {
  readonly context: ExtensionContext;
  readonly clock: Clock;
  readonly log: LogOutputChannel;
  readonly keys: KeyStore;
  readonly localEngine: LocalEngine;
  readonly history: History;
  readonly usage: Usage;
  readonly statusBar: StatusBar;
  readonly ghost: GhostText;
  readonly otherWindows: OtherWindows;
  readonly cues: CueSounds;
}

export function createShell(context: ExtensionContext): Shell {
  const clock = createMonotonicClock();
  const log = createLog();
  const statusBar = new StatusBar(clock);
  const ghost = new GhostText();
  context.subscriptions.push(log, statusBar, ghost);
  return {
    context,
    clock,
    log,
    keys: new KeyStore(context.secrets),
    localEngine: new LocalEngine(context.extensionPath),
    history: new History(),
    usage: new Usage(context.globalState, clock),
    statusBar,
    ghost,
    otherWindows: new OtherWindows(context.globalStorageUri.fsPath),
    cues: new CueSounds(context.globalStorageUri.fsPath),
  };
}
