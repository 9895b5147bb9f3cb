import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { commands, Uri, window, workspace } from 'vscode';
import { openDocuments } from '../../../src/extension/words/open-files.ts';
import { dictationWith, resetSettings, saying, set, startDictation } from './dictation.ts';
import {
  closeEverything,
  openPage,
  openTerminal,
  reports,
  setCarets,
  undo,
  until,
} from './editors.ts';

const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp');

/** A document with the caret at `|`. */
async function openAt(marked: string, language: Parameters<typeof openPage>[1]) {
  const at = marked.indexOf('|');
  const editor = await openPage(marked.replace('|', ''), language);
  const { document } = editor;
  setCarets(editor, [at]);
  await until(() => document.offsetAt(editor.selection.active) === at);
  return document;
}

async function write(path: string, text: string): Promise<Uri> {
  const uri = Uri.joinPath(folder, path);
  await workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

describe('the names and the filter of a dictation', () => {
  afterEach(async () => {
    await commands.executeCommand('lull.cancelDictation');
    await resetSettings();
    await closeEverything();
  });

  it('writes a symbol in code by its name, and undoing once gives what was heard', async () => {
    const server = await dictationWith(saying('Delete widget.'));
    const before = 'function deleteWidget() {}\nconst next = |;';
    const document = await openAt(before, 'typescript');
    await startDictation();
    assert.equal(document.lineAt(1).text, 'const next = deleteWidget;');
    await undo();
    assert.equal(document.lineAt(1).text, 'const next = delete widget;');
    await undo();
    assert.equal(document.getText(), before.replace('|', ''));
    await server.close();
  });

  it('takes a phrase with a name in it back in one step', async () => {
    const server = await dictationWith(saying('Delete widget.'));
    const document = await openAt('let deleteWidget = |', 'typescript');
    await startDictation();
    assert.equal(document.getText(), 'let deleteWidget = deleteWidget');
    await commands.executeCommand('lull.undoLastPhrase');
    assert.equal(document.getText(), 'let deleteWidget = ');
    await server.close();
  });

  it('leaves prose and comments as they are said, but not a span of code in them', async () => {
    for (const [marked, written] of [
      ['Call deleteWidget. |', 'Call deleteWidget. Delete widget.'],
      ['Call deleteWidget, or `|`', 'Call deleteWidget, or `deleteWidget`'],
    ] as const) {
      const server = await dictationWith(saying('Delete widget.'));
      const document = await openAt(marked, 'markdown');
      await startDictation();
      assert.equal(document.getText(), written);
      await server.close();
    }
  });

  it('names a tracked file in a terminal', async () => {
    execFileSync('git', ['init', '-q', folder.fsPath]);
    const file = await write('src/user-service.ts', 'export {};\n');
    execFileSync('git', ['-C', folder.fsPath, 'add', 'src/user-service.ts']);
    const server = await dictationWith(saying('Explain at file user service.'));
    const terminal = await openTerminal();
    await startDictation({ target: 'terminal' });
    await until(() => terminal.typed !== '');
    assert.equal(terminal.typed, 'explain @src/user-service.ts');
    terminal.close();
    await workspace.fs.delete(file);
    await server.close();
  });

  it('gives each phrase to the filter, and types what it prints', async () => {
    const server = await dictationWith(saying('A foo.', 'Keep this out.', 'And foo.'));
    await set(
      'filterCommand',
      'read -r p; case "$p" in Keep*) exit 77;; *) echo "$p" | sed s/foo/bar/;; esac',
    );
    const document = await openAt('|', 'plaintext');
    await startDictation();
    assert.equal(document.getText(), 'A bar. And bar.');
    await server.close();
  });

  it('types the phrase as it was where the filter fails', async () => {
    const server = await dictationWith(saying('One.', 'Two.'));
    await set('filterCommand', 'exit 3');
    const document = await openAt('|', 'plaintext');
    await startDictation();
    assert.equal(document.getText(), 'One. Two.');
    await server.close();
  });

  it('runs no command that a workspace names', async () => {
    const server = await dictationWith(saying('One.'));
    const mark = join(tmpdir(), `lull-filter-ran-${process.pid}`);
    const settings = { 'lull.filterCommand': `touch ${mark}; echo hacked` };
    const file = await write('.vscode/settings.json', JSON.stringify(settings));
    const document = await openAt('|', 'plaintext');
    await startDictation();
    assert.equal(document.getText(), 'One.');
    assert.equal(existsSync(mark), false);
    await workspace.fs.delete(file);
    await server.close();
  });

  it('joins the replacements of a workspace to those of the person', async () => {
    const server = await dictationWith(saying('Foo and type script.'));
    await set('replacements', { foo: 'mine', 'type script': 'TypeScript' });
    const settings = { 'lull.replacements': { foo: 'ours' } };
    const file = await write('.vscode/settings.json', JSON.stringify(settings));
    const replacements = () => workspace.getConfiguration('lull').inspect('replacements');
    await until(() => replacements()?.workspaceValue !== undefined);
    const document = await openAt('|', 'plaintext');
    await startDictation();
    assert.equal(document.getText(), 'Ours and TypeScript.');
    await workspace.fs.delete(file);
    await until(() => replacements()?.workspaceValue === undefined);
    await server.close();
  });

  it('expects the words of .lull/keyterms, and says which line is none', async () => {
    const server = await dictationWith({});
    await set('noSpeechSeconds', 1);
    await set('keyterms', ['Lull']);
    const file = await write('.lull/keyterms', `Dvořák\n${'long '.repeat(20)}\n# remark\n`);
    await openAt('|', 'plaintext');
    await startDictation();
    const { query } = await server.connection(0);
    assert.equal(query.get('keyterms_prompt'), '["Lull","Dvořák"]');
    await commands.executeCommand('lull.previewKeyterms');
    const shown = () => reports().find((report) => report.getText().includes('Dvořák'));
    await until(() => shown() !== undefined);
    assert.match(
      shown()?.getText() ?? '',
      /Line 2 of \.lull\/keyterms: A keyterm has more than 50/,
    );
    await workspace.fs.delete(Uri.joinPath(file, '..'), { recursive: true });
    await server.close();
  });

  it('looks first where the person is, then in tabs, then at what was closed', async () => {
    const closed = await openAt('class ClosedThing {}\n|', 'typescript');
    const tab = await openAt('class TabThing {}\n|', 'typescript');
    await window.showTextDocument(closed, { preview: false });
    await commands.executeCommand('workbench.action.closeActiveEditor');
    const active = await openAt('class ActiveThing {}\n|', 'typescript');
    const order = openDocuments().filter((each) => [closed, tab, active].includes(each));
    assert.deepEqual(order, [active, tab, closed]);
  });

  it('tells the recogniser anew when the person goes to another editor', async () => {
    const server = await dictationWith({});
    await set('noSpeechSeconds', 60);
    await set('keytermsFromWorkspace', true);
    await openAt('class WidgetList {}\nclass WidgetMap {}\n|', 'typescript');
    const over = startDictation();
    const connection = await server.connection(0);
    const asked = connection.query.get('keyterms_prompt') ?? '';
    assert.match(asked, /"widget list".*"widget map"/);
    assert.doesNotMatch(asked, /kumquat/);
    await openAt('class KumquatMap {}\nclass KumquatList {}\n|', 'typescript');
    const told = () => JSON.stringify(connection.frames.filter(({ kind }) => kind === 'message'));
    await until(() => told().includes('"kumquat map"'), 40_000);
    assert.match(told(), /"type":"UpdateConfiguration","keyterms_prompt":\[[^\]]*"widget list"/);
    await commands.executeCommand('lull.stopDictation');
    await over;
    await server.close();
  });
});
