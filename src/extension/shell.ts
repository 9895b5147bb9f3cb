import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Clock } from '../core/index.ts';
import { createMonotonicClock } from '../host/index.ts';
import { CueSounds } from './cue-sounds.ts';
import { History } from './history.ts';
import { KeyStore } from './key-store.ts';
import { LocalEngine } from './local-engine.ts';
import { createLog } from './log.ts';
import { OtherWindows } from './other-windows.ts';
import { StatusBar } from './status/status-bar.ts';
import { GhostText } from './targets/ghost-text.ts';
import { Usage } from './usage.ts';

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
