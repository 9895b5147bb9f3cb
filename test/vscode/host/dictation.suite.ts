import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, env, workspace } from 'vscode';
import { finalTurn, partialTurn } from '../../../src/testing/wire-messages.ts';
import { dictationWith, resetSettings, saying, set, startDictation } from './dictation.ts';
import {
  closeEverything,
  openPage,
  openTerminal,
  setCarets,
  typeKeys,
  undo,
  until,
} from './editors.ts';

const HELLO = finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 });
const GOODBYE = finalTurn({ order: 1, text: 'And goodbye.', startMs: 900, endMs: 1_400 });
const TWO_TURNS = {
  onAudio: [
    { atMs: 400, send: partialTurn({ order: 0, text: 'hello wor', startMs: 100, endMs: 400 }) },
    { atMs: 900, send: HELLO },
    { atMs: 1_600, send: GOODBYE },
  ],
};

async function openEditor(content = '') {
  const editor = await openPage(content);
  setCarets(editor, [content.length]);
  return { document: editor.document, editor };
}

describe('a dictation', () => {
  afterEach(async () => {
    await commands.executeCommand('lull.cancelDictation');
    await resetSettings();
    await closeEverything();
  });

  it('types what is said and hangs up in the silence', async () => {
    const server = await dictationWith(TWO_TURNS);
    const { document } = await openEditor('Note:');
    await startDictation();
    assert.equal(document.getText(), 'Note: Hello world. And goodbye.');
    const connection = await server.connection(0);
    assert.equal(await connection.ended(), 1_000);
    assert.equal(connection.frames.at(-1)?.kind, 'message');
    await server.close();
  });

  it('writes no partial into the document or its undo history', async () => {
    const server = await dictationWith({
      onAudio: [
        { atMs: 200, send: partialTurn({ order: 0, text: 'hello', startMs: 100, endMs: 200 }) },
        { atMs: 300, send: partialTurn({ order: 0, text: 'hello wor', startMs: 100, endMs: 300 }) },
        { atMs: 700, send: HELLO },
      ],
    });
    const { document } = await openEditor();
    const seen: string[] = [];
    const watching = workspace.onDidChangeTextDocument((event) => {
      // An event without changes tells that the file has become dirty.
      if (event.document !== document || event.contentChanges.length === 0) return;
      seen.push(document.getText());
    });
    await startDictation();
    watching.dispose();
    assert.deepEqual(seen, ['Hello world.']);
    await undo();
    assert.equal(document.getText(), '');
    await server.close();
  });

  it('takes the last phrase back when it is over', async () => {
    const server = await dictationWith(TWO_TURNS);
    const { document } = await openEditor();
    await startDictation();
    await commands.executeCommand('lull.undoLastPhrase');
    assert.equal(document.getText(), 'Hello world.');
    await server.close();
  });

  it('leaves the person free to type and to go elsewhere meanwhile', async () => {
    const server = await dictationWith({
      onAudio: [
        { atMs: 600, send: HELLO },
        { atMs: 2_500, send: GOODBYE },
      ],
    });
    await set('silenceSeconds', 3);
    const { document } = await openEditor();
    const over = startDictation();
    await until(() => document.getText() === 'Hello world.');
    await typeKeys(' (typed)');
    const other = await openEditor('elsewhere');
    await over;
    assert.match(document.getText(), /^Hello world\. \(typed\) and goodbye\.$/i);
    assert.equal(other.document.getText(), 'elsewhere');
    await server.close();
  });

  it('stops when asked to and still types the words that come then', async () => {
    const server = await dictationWith({
      onAudio: [{ atMs: 500, send: HELLO }],
      onTerminate: { sendBefore: [GOODBYE], delayMs: 100 },
    });
    await set('silenceSeconds', 0);
    const { document } = await openEditor();
    const over = startDictation();
    await until(() => document.getText() !== '');
    await commands.executeCommand('lull.stopDictation');
    await over;
    assert.equal(document.getText(), 'Hello world. And goodbye.');
    await server.close();
  });

  it('types nothing more once it is cancelled', async () => {
    const server = await dictationWith({
      onAudio: [{ atMs: 500, send: HELLO }],
      onTerminate: { sendBefore: [GOODBYE] },
    });
    await set('silenceSeconds', 0);
    const { document } = await openEditor();
    const over = startDictation();
    await until(() => document.getText() !== '');
    await commands.executeCommand('lull.cancelDictation');
    await over;
    assert.equal(document.getText(), 'Hello world.');
    await server.close();
  });

  it('starts and stops by one command', async () => {
    const server = await dictationWith({});
    await set('silenceSeconds', 0);
    await openEditor();
    const over = commands.executeCommand('lull.toggleDictation');
    const connection = await server.connection(0);
    await connection.until(({ audioMs }) => audioMs > 200);
    await commands.executeCommand('lull.toggleDictation');
    await over;
    assert.equal(await connection.ended(), 1_000);
    await server.close();
  });

  it('keeps listening when asked to', async () => {
    const server = await dictationWith({ onAudio: [{ atMs: 900, send: HELLO }] });
    await set('silenceSeconds', 2);
    await openEditor();
    const over = startDictation();
    const connection = await server.connection(0);
    await connection.until(({ audioMs }) => audioMs > 2_200);
    await commands.executeCommand('lull.keepListening');
    await over;
    assert.ok(connection.audioMs > 4_000, `${connection.audioMs} ms`);
    await server.close();
  });

  it('goes on in the same place when the connection drops', async () => {
    const server = await dictationWith(
      {
        onAudio: [
          { atMs: 600, send: HELLO },
          { atMs: 900, close: 'dropped' },
        ],
      },
      { onAudio: [{ atMs: 400, send: { ...GOODBYE, turn_order: 0 } }] },
    );
    await set('silenceSeconds', 3);
    const { document } = await openEditor();
    await startDictation();
    assert.equal(document.getText(), 'Hello world. And goodbye.');
    assert.equal(server.connections.length, 2);
    await server.close();
  });

  it('types into a terminal and presses no Enter there', async () => {
    const server = await dictationWith({
      onAudio: [
        { atMs: 500, send: finalTurn({ order: 0, text: 'echo spoken', startMs: 100, endMs: 400 }) },
      ],
    });
    const terminal = await openTerminal();
    await startDictation({ target: 'terminal' });
    await until(() => terminal.typed !== '');
    assert.equal(terminal.typed, 'echo spoken');
    terminal.close();
    await server.close();
  });

  it('presses Enter in a terminal after “send it”, where the person set that', async () => {
    const server = await dictationWith(saying('echo spoken', 'Send it.'));
    await set('submit', 'phrase');
    const terminal = await openTerminal();
    await startDictation({ target: 'terminal' });
    await until(() => terminal.typed.includes('\r'));
    assert.equal(terminal.typed, 'echo spoken\r');
    terminal.close();
    await server.close();
  });

  it('asks the service for the pauses of lull.mode', async () => {
    const server = await dictationWith(saying('One.'), saying('Two.'));
    await openEditor();
    await startDictation();
    await set('mode', 'balanced');
    await startDictation();
    const asked = server.connections.map(({ query }) => query.get('mode'));
    assert.deepEqual(asked, ['max_accuracy', 'balanced']);
    await server.close();
  });

  it('goes on through silence while its key is held, and ends when it is let go', async () => {
    const server = await dictationWith(saying('Held.'));
    await set('holdToTalk', true);
    const { document } = await openEditor();
    const over = startDictation({ target: 'editor' });
    // The keyboard's repetition, which is all that VS Code tells of a key that is held.
    await until(async () => {
      await commands.executeCommand('lull.toggleDictation', { target: 'held' });
      return (server.connections[0]?.audioMs ?? 0) > 2_500;
    });
    await over;
    assert.equal(document.getText(), 'Held.');
    assert.equal(await server.connections[0]?.ended(), 1_000);
    await server.close();
  });

  it('keeps what was said when its document is gone', async () => {
    const server = await dictationWith({ onAudio: [{ atMs: 1_000, send: HELLO }] });
    await openEditor();
    const over = startDictation();
    await server.connection(0);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await over;
    const history = commands.executeCommand('lull.showHistory');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await history;
    assert.equal(await env.clipboard.readText(), 'Hello world.');
    await server.close();
  });

  it('opens nothing when a setting is out of range', async () => {
    const server = await dictationWith({});
    await set('silenceSeconds', 99_999_999);
    await openEditor();
    await startDictation();
    assert.equal(server.connections.length, 0);
    await server.close();
  });

  it('ends when the key is refused, without trying again', async () => {
    const server = await dictationWith({
      refuse: { code: 1008, text: 'Unauthorized Connection: Invalid API key' },
    });
    await openEditor();
    await startDictation();
    assert.equal(server.connections.length, 1);
    await server.close();
  });

  it('ends when there is no such recorder', async () => {
    const server = await dictationWith({});
    await set('recorder', '/no/such/recorder');
    await openEditor();
    await startDictation();
    await server.close();
  });

  it('ends when the service cannot be reached', async () => {
    const server = await dictationWith({});
    await server.close();
    await openEditor();
    await startDictation();
  }).timeout(90_000);
});
