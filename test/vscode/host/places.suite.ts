import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, it } from 'mocha';
import {
  commands,
  Disposable,
  EndOfLine,
  EventEmitter,
  extensions,
  FileType,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  NotebookRange,
  Uri,
  window,
  workspace,
} from 'vscode';
import { chooseTarget } from '../../../src/extension/typing/choose-target.ts';
import { GhostText } from '../../../src/extension/typing/ghost-text.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { closeEverything, dictatingInto, setCarets, until, words } from './editors.ts';

const tools = { ghost: new GhostText(), clock: createMonotonicClock() };

describe('where dictation types', () => {
  afterEach(closeEverything);

  it('types into the cell of a notebook', async () => {
    const cell = new NotebookCellData(NotebookCellKind.Code, 'x = 1', 'python');
    const notebook = await workspace.openNotebookDocument(
      'jupyter-notebook',
      new NotebookData([cell]),
    );
    const editor = await window.showNotebookDocument(notebook);
    editor.selection = new NotebookRange(0, 1);
    await commands.executeCommand('notebook.cell.edit');
    await until(() => window.activeTextEditor?.document.uri.scheme === 'vscode-notebook-cell');
    const target = chooseTarget(undefined, tools);
    assert.deepEqual(await target?.type(words('# spoken')), { kind: 'typed' });
    assert.match(notebook.cellAt(0).document.getText(), /# spoken/);
  });

  it('types into the changed side of a diff editor', async () => {
    const [left, right] = await Promise.all(
      ['old', 'new'].map((content) => workspace.openTextDocument({ content })),
    );
    await commands.executeCommand('vscode.diff', left?.uri, right?.uri);
    await until(() => window.activeTextEditor?.document === right);
    const target = chooseTarget(undefined, tools);
    assert.deepEqual(await target?.type(words('words')), { kind: 'typed' });
    assert.match(right?.getText() ?? '', /words/);
  });

  it('types into a document with Windows line ends', async () => {
    const { document, editor, target } = await dictatingInto('one\ntwo|');
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    await target.type({ kind: 'break', text: '\n' });
    assert.equal(document.getText(), 'one\r\ntwo\r\n');
  });

  it('types at the end of a very large file', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp');
    const uri = Uri.joinPath(folder, 'large.txt');
    const line = 'A line of text that is neither long nor short.\n';
    await workspace.fs.writeFile(uri, Buffer.from(line.repeat(400_000)));
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document);
    setCarets(editor, [document.getText().length]);
    await until(() => editor.selection.active.line === document.lineCount - 1);
    const target = chooseTarget('editor', tools);
    assert.deepEqual(await target?.type(words('The end.')), { kind: 'typed' });
    assert.equal(document.lineAt(document.lineCount - 1).text, 'The end.');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }).timeout(60_000);

  it('types into a document of a file system provider', async () => {
    const files = new Map([['/virtual.txt', Buffer.from('virtual')]]);
    const provider = workspace.registerFileSystemProvider('lulltest', {
      onDidChangeFile: new EventEmitter<never[]>().event,
      watch: () => new Disposable(() => {}),
      stat: ({ path }) => ({
        type: FileType.File,
        ctime: 0,
        mtime: 0,
        size: files.get(path)?.length ?? 0,
      }),
      readDirectory: () => [],
      createDirectory() {},
      readFile: ({ path }) => files.get(path) ?? Buffer.alloc(0),
      writeFile: ({ path }, content) => void files.set(path, Buffer.from(content)),
      delete() {},
      rename() {},
    });
    const document = await workspace.openTextDocument(Uri.parse('lulltest:/virtual.txt'));
    const editor = await window.showTextDocument(document);
    setCarets(editor, [7]);
    await until(() => editor.selection.active.character === 7);
    await chooseTarget('editor', tools)?.type(words('words'));
    await document.save();
    assert.equal(files.get('/virtual.txt')?.toString(), 'virtual words');
    provider.dispose();
  });

  it('types into the commit message', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    execFileSync('git', ['init', '-q', folder]);
    await commands.executeCommand('git.openRepository', folder);
    await commands.executeCommand('workbench.view.scm');
    const input = () => workspace.textDocuments.find(({ uri }) => uri.scheme === 'vscode-scm');
    await until(() => input() !== undefined);
    const target = chooseTarget('commit-message', tools);
    assert.deepEqual(await target?.type(words('Say it once')), { kind: 'typed' });
    assert.equal(input()?.getText(), 'Say it once');
    await target?.type(words('and well'));
    assert.equal(input()?.getText(), 'Say it once and well');
  });

  it('offers no place in an output panel', async () => {
    await extensions.getExtension('lull.lull')?.activate();
    await commands.executeCommand('lull.showLog');
    await commands.executeCommand('workbench.panel.output.focus');
    await until(() => window.activeTextEditor?.document.uri.scheme === 'output');
    assert.equal(chooseTarget('editor', tools), undefined);
  });
});
