import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, workspace } from 'vscode';
import { readSettings } from '../../../src/extension/settings/settings.ts';
import { finalTurn } from '../../../src/testing/wire-messages.ts';
import { dictationWith, resetSettings, set, startDictation } from './dictation.ts';
import { closeEverything, openPage } from './editors.ts';

const HELLO = finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 });
const FOLDERS = [
  ...['silenceSeconds', 'noSpeechSeconds', 'warningSeconds', 'maxMinutes'],
  ...['languages', 'keyterms', 'replacements', 'spokenCommands'],
];

async function setInFolder(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const lull = workspace.getConfiguration('lull');
    if (lull.inspect(name)?.workspaceValue !== value) await lull.update(name, value, false);
  }
}

describe('the settings of a folder', () => {
  afterEach(async () => {
    await commands.executeCommand('lull.cancelDictation');
    await setInFolder(Object.fromEntries(FOLDERS.map((name) => [name, undefined])));
    await resetSettings();
    await closeEverything();
  });

  it('keep no session open that would have ended by the person’s own', async () => {
    const server = await dictationWith({ onAudio: [{ atMs: 500, send: HELLO }] });
    await setInFolder({ silenceSeconds: 0, noSpeechSeconds: 600, maxMinutes: 0 });
    const { document } = await openPage();
    await startDictation();
    assert.equal(document.getText(), 'Hello world.');
    const connection = await server.connection(0);
    assert.ok(connection.audioMs < 4_000, `${connection.audioMs} ms`);
    await server.close();
  });

  it('may shorten a limit, and set one where the person has none', async () => {
    await set('silenceSeconds', 5);
    await set('maxMinutes', 0);
    await setInFolder({ silenceSeconds: 2, maxMinutes: 1 });
    const { options } = readSettings();
    assert.deepEqual([options.silenceSeconds, options.maxSeconds], [2, 60]);
  });

  it('keep nobody from dictating by a value that is wrong, and the log names it', async () => {
    await setInFolder({ languages: ['zh', 'multi'], keyterms: 'none', spokenCommands: true });
    const { options, spokenCommands, notes } = readSettings();
    assert.deepEqual([options.languages, options.keyterms, spokenCommands], [[], [], 'off']);
    for (const name of ['languages', 'keyterms', 'spokenCommands']) {
      assert.ok(
        notes.some(({ message }) => message.includes(`lull.${name} `)),
        name,
      );
    }
  });

  it('add no keyterms where they would cost extra', async () => {
    await setInFolder({ keyterms: ['Lull'] });
    assert.deepEqual(readSettings().options.keyterms, ['Lull']);
    await set('model', 'universal-streaming-english');
    assert.deepEqual(readSettings().options.keyterms, []);
  });
});
