import { join } from 'node:path';
import { commands, extensions, window, workspace } from 'vscode';
import { type ScriptedServer, startScriptedServer } from '../../../src/testing/scripted-server.ts';
import type { ServerScript } from '../../../src/testing/server-script.ts';
import { finalTurn } from '../../../src/testing/wire-messages.ts';

/** To change a setting takes the editor longer than most tests: these stay from one to the next. */
const BASIS: Readonly<Record<string, unknown>> = { noSpeechSeconds: 0, silenceSeconds: 1 };
const OTHERS = [
  'maxMinutes',
  'engine',
  'model',
  'mode',
  'submit',
  'keyterms',
  'keytermsFromWorkspace',
  'replacements',
  'spokenCommands',
  'filterCommand',
  'announcements',
  'holdToTalk',
];

/** Lull set up to hear a quiet room and to be told by a script what was said. */
export async function dictationWith(...scripts: readonly ServerScript[]): Promise<ScriptedServer> {
  const server = await startScriptedServer(...scripts);
  await set('endpoint', server.url);
  await resetSettings();
  return server;
}

/** Turns said one after the other, well within the silence that ends a dictation. */
export function saying(...texts: readonly string[]): ServerScript {
  const onAudio = texts.map((text, order) => {
    const startMs = 100 + order * 600;
    const endMs = startMs + 400;
    return { atMs: endMs + 100, send: finalTurn({ order, text, startMs, endMs }) };
  });
  return { onAudio };
}

function roomRecorder(): string {
  const folder = extensions.getExtension('lull.lull')?.extensionPath ?? '';
  return `"${process.execPath}" "${join(folder, 'test', 'vscode', 'fixtures', 'room.mjs')}"`;
}

export async function set(name: string, value: unknown): Promise<void> {
  const lull = workspace.getConfiguration('lull');
  // A change of a setting takes the editor a while, and most are as they should be.
  if (lull.inspect(name)?.globalValue !== value) await lull.update(name, value, true);
}

export async function resetSettings(): Promise<void> {
  await set('recorder', roomRecorder());
  for (const [name, value] of Object.entries(BASIS)) await set(name, value);
  for (const name of OTHERS) await set(name, undefined);
}

/** Resolves when the dictation is over. */
export function startDictation(args?: { readonly target: string }): Thenable<unknown> {
  return commands.executeCommand('lull.startDictation', args);
}

/** A notification or a quiet line: what it says, and the buttons it offers. */
export type Told = readonly [
  kind: 'error' | 'warning' | 'information' | 'aloud' | 'line',
  ...string[],
];

/** From now on, all that is said to the person; nobody answers. What is spoken aloud is a progress. */
export function recordTold() {
  const { showErrorMessage, showWarningMessage, showInformationMessage } = window;
  const { withProgress, setStatusBarMessage } = window;
  const told: Told[] = [];
  const note =
    (kind: Told[0]) =>
    async (text: string, ...rest: readonly unknown[]) => {
      told.push([kind, text, ...rest.filter((each) => typeof each === 'string')]);
    };
  Object.assign(window, {
    showErrorMessage: note('error'),
    showWarningMessage: note('warning'),
    showInformationMessage: note('information'),
    withProgress: ({ title }: { readonly title: string }) => note('aloud')(title),
    setStatusBarMessage: (text: string) => void note('line')(text),
  });
  return {
    told,
    restore: () =>
      Object.assign(window, {
        ...{ showErrorMessage, showWarningMessage, showInformationMessage },
        ...{ withProgress, setStatusBarMessage },
      }),
  };
}
