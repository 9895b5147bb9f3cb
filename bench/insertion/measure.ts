import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { it, describe as suite } from 'mocha';
import { commands, type TextEditor, window, workspace } from 'vscode';
import {
  resetSettings,
  roomRecorder,
  set,
  startDictation,
} from '../../test/vscode/host/dictation.ts';

const FINALS = Number(process.env['LULL_BENCH_FINALS']);
/** Long enough for a phrase to be in the document, and half of what lies between two. */
const PAUSE_MS = 60;

/** Phrases a line, as in prose: a line without end is slow to paint, and nobody writes one. */
const LINE = 5;

/** Leaves behind when each phrase was in the document, and how long VS Code's own edits took. */
suite('insertion', () => {
  it('is timed', async () => {
    await set('endpoint', process.env['LULL_BENCH_ENDPOINT']);
    await set('recorder', roomRecorder());
    await set('noSpeechSeconds', 0);
    await set('silenceSeconds', 0);
    const editor = await window.showTextDocument(await workspace.openTextDocument());
    const phrasesAtMs: number[] = [];
    const edits: number[] = [];
    const all = new Promise<void>((resolve) => {
      workspace.onDidChangeTextDocument(({ contentChanges }) => {
        if (!contentChanges.some(({ text }) => text.includes('Phrase'))) return;
        phrasesAtMs.push(now());
        if (phrasesAtMs.length === FINALS) resolve();
        else setTimeout(typeOn, PAUSE_MS);
      });
    });
    const typeOn = async () => {
      const text = phrasesAtMs.length % LINE === 0 ? '\n' : ' And this is typed beside.';
      edits.push(await timeOfEdit(editor, text));
    };
    const over = startDictation();
    await all;
    await commands.executeCommand('lull.stopDictation');
    await over;
    await resetSettings();
    writeFileSync(join(homedir(), 'times.json'), JSON.stringify({ phrasesAtMs, edits }));
  }).timeout(180_000);
});

/** The floor: what VS Code itself takes for an edit, at the same place in the same second. */
async function timeOfEdit(editor: TextEditor, text: string): Promise<number> {
  const startedAtMs = now();
  const changed = new Promise<number>((resolve) => {
    const watching = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document !== editor.document || contentChanges.length === 0) return;
      watching.dispose();
      resolve(now());
    });
  });
  void editor.edit((builder) => builder.insert(editor.selection.active, text));
  return (await changed) - startedAtMs;
}

/** Milliseconds of the system's monotonic clock, which all processes share. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
