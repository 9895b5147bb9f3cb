import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, Selection, Uri, window, workspace } from 'vscode';
import { dictationWith, resetSettings, saying, set, startDictation } from './dictation.ts';
import { closeEverything, openPage, openTerminal, reports, setCarets, until } from './editors.ts';

/** The preview that says so. */
async function previewThatSays(summary: string): Promise<string> {
  await commands.executeCommand('lull.previewKeyterms');
  const shown = () => reports().find((report) => report.getText().includes(summary));
  await until(() => shown() !== undefined);
  return shown()?.getText() ?? '';
}

describe('the words of a dictation', () => {
  afterEach(async () => {
    await commands.executeCommand('lull.cancelDictation');
    await resetSettings();
    await closeEverything();
  });

  it('are replaced as the settings say, and a wrong entry does no harm', async () => {
    const server = await dictationWith(saying('Delete widget, type script.'));
    await set('replacements', { 'delete widget': 'deleteWidget', 'type script': 'TS', widget: 3 });
    const { document } = await openPage();
    await startDictation();
    assert.equal(document.getText(), 'deleteWidget, TS.');
    await server.close();
  });

  it('are commands where they stand alone', async () => {
    const server = await dictationWith(
      saying('One.', 'New paragraph.', 'Two.', 'Oops.', 'Scratch that.', 'A new line.'),
    );
    await set('spokenCommands', true);
    const { document } = await openPage();
    await startDictation();
    assert.equal(document.getText(), 'One.\n\nTwo. A new line.');
    await server.close();
  });

  it('are joined in a comment, a string and code as each is written', async () => {
    for (const [content, joined] of [
      ['const a = 1; // The total is ', 'const a = 1; // The total is the sum'],
      ["const a = '", "const a = 'The sum"],
      ['const total = ', 'const total = the sum'],
    ] as const) {
      const server = await dictationWith(saying('The sum.'));
      const editor = await openPage(content, 'typescript');
      const { document } = editor;
      setCarets(editor, [content.length]);
      await startDictation();
      assert.equal(document.getText().replace(/\.$/, ''), joined);
      await server.close();
    }
  });

  it('write a name, keep the comment on a new line, and are taken back', async () => {
    const server = await dictationWith(
      saying('Snake case user name.', 'New line.', 'Oops.', 'Scratch that.', 'A period of time.'),
    );
    await set('spokenCommands', true);
    const editor = await openPage('  // ', 'typescript');
    const { document } = editor;
    setCarets(editor, [5]);
    await startDictation();
    assert.match(document.getText(), /^ {2}\/\/ user_name\n {2}\/\/ A period of time\.?$/i);
    await server.close();
  });

  it('replace what is selected, and undo puts it back', async () => {
    const server = await dictationWith(saying('second'));
    const { document } = await openPage('one two three');
    const editor = window.activeTextEditor;
    if (editor) editor.selection = new Selection(0, 4, 0, 7);
    await until(() => editor?.selection.isEmpty === false);
    await startDictation();
    assert.equal(document.getText(), 'one second three');
    assert.equal(editor?.selection.isEmpty, true);
    await commands.executeCommand('lull.undoLastPhrase');
    assert.equal(document.getText(), 'one two three');
    await server.close();
  });

  it('stop the dictation when they say so', async () => {
    const server = await dictationWith(saying('One.', 'Stop dictation.'));
    await set('spokenCommands', true);
    await set('silenceSeconds', 0);
    const { document } = await openPage();
    await startDictation();
    assert.equal(document.getText(), 'One.');
    await server.close();
  });

  it('are words as long as nobody switched commands on', async () => {
    const server = await dictationWith(saying('One.', 'New line.'));
    const { document } = await openPage();
    await startDictation();
    assert.equal(document.getText(), 'One. New line.');
    await server.close();
  });

  it('break no line in a terminal', async () => {
    const server = await dictationWith(saying('echo one', 'New line.', 'two'));
    await set('spokenCommands', true);
    const terminal = await openTerminal();
    await startDictation({ target: 'terminal' });
    await until(() => terminal.typed.includes('two'));
    assert.equal(terminal.typed, 'echo one two');
    terminal.close();
    await server.close();
  });

  it('are told to the recogniser from the workspace, just as the preview shows', async () => {
    const server = await dictationWith({});
    await set('noSpeechSeconds', 1);
    await set('keyterms', ['Lull']);
    await set('keytermsFromWorkspace', true);
    const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp');
    const manifest = Uri.joinPath(folder, 'package.json');
    await workspace.fs.writeFile(manifest, Buffer.from('{"dependencies":{"widget-kit":"4"}}'));
    const code =
      'class WidgetKit {}\nfunction openWidget() {}\nconst sk_live_4eC39HqLyjWDarjtT1zdp7dc = 1;';
    await openPage(code, 'typescript');
    await startDictation();
    const { query } = await server.connection(0);
    const sent: string[] = JSON.parse(query.get('keyterms_prompt') ?? '[]');
    assert.deepEqual(sent, ['Lull', 'widget kit', 'open widget']);
    const shown = await previewThatSays('sends all of these');
    assert.deepEqual(
      [...shown.matchAll(/^- (.*)$/gm)].map(([, term]) => term),
      sent,
    );
    await workspace.fs.delete(manifest);
    await server.close();
  });

  it('are shown before they are told, and stay here while the setting is off', async () => {
    const server = await dictationWith({});
    await set('noSpeechSeconds', 1);
    await openPage('function openWidget() {}\nclass WidgetKit {}', 'typescript');
    const shown = await previewThatSays('keytermsFromWorkspace is off');
    assert.match(shown, /^- open widget$/m);
    await openPage();
    await startDictation();
    const { query } = await server.connection(0);
    assert.equal(query.get('keyterms_prompt'), null);
    await server.close();
  });
});
