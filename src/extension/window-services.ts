import type { ExtensionContext, LogOutputChannel, StatusBarItem } from 'vscode';
import type { Clock } from '../core/index.ts';
import { createMonotonicClock } from '../host/index.ts';
import { History } from './dictation/history.ts';
import { OtherWindows } from './dictation/other-windows.ts';
import { Usage } from './dictation/usage.ts';
import { KeyStore } from './settings/key-store.ts';
import { LocalEngine } from './settings/local-engine.ts';
import { GhostText } from './typing/ghost-text.ts';
import type { LastPlace } from './typing/last-place.ts';
import { Announcer } from './window/announcer.ts';
import { CueSounds } from './window/cue-sounds.ts';
import { createLog } from './window/log.ts';
import { StatusBar } from './window/status-bar.ts';
import { NamesInScope } from './words/names-in-scope.ts';

/** What is there from the start of the window, before anything is asked of Lull. */
export interface Entry {
  readonly context: ExtensionContext;
  readonly statusBarItem: StatusBarItem;
  readonly lastPlace: LastPlace;
}

/** What all of the extension shares, for the life of the window. */
export interface Shell extends Entry {
  readonly clock: Clock;
  readonly log: LogOutputChannel;
  readonly keys: KeyStore;
  readonly localEngine: LocalEngine;
  readonly history: History;
  readonly usage: Usage;
  readonly statusBar: StatusBar;
  readonly ghost: GhostText;
  readonly names: NamesInScope;
  readonly otherWindows: OtherWindows;
  readonly cues: CueSounds;
  readonly announcer: Announcer;
}

export function createShell(entry: Entry): Shell {
  const { context, statusBarItem } = entry;
  const storage = context.globalStorageUri.fsPath;
  const clock = createMonotonicClock();
  const log = createLog();
  const statusBar = new StatusBar(statusBarItem, clock);
  const ghost = new GhostText();
  context.subscriptions.push(log, statusBar, ghost);
  return {
    ...entry,
    clock,
    log,
    keys: new KeyStore(context.secrets),
    localEngine: new LocalEngine(context.extensionPath),
    history: new History(),
    usage: new Usage(storage, clock),
    statusBar,
    ghost,
    names: new NamesInScope(),
    otherWindows: new OtherWindows(storage, clock, ({ sinceMs }) => {
      // An account that bills it, by how long the service was asked to wait for us, belongs here.
      const since = new Date(sinceMs).toISOString();
      log.warn(
        `A window was killed during a dictation that began at ${since}; what that cost is not in Show Usage`,
      );
    }),
    cues: new CueSounds(storage),
    announcer: new Announcer(clock),
  };
}
