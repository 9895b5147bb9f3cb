import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  commands,
  EndOfLine,
  Range,
  Selection,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { DocumentTarget } from '../../../src/extension/typing/document-target.ts';
import { GhostText, newestWords } from '../../../src/extension/typing/ghost-text.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import {
  caretOf,
  closeEverything,
  dictatingInto,
  insertAt,
  openPage,
  setCarets,
  typeKeys,
  undo,
  until,
  words,
} from './editors.ts';

const tools = { ghost: new GhostText(), clock: createMonotonicClock() };

describe('typing into an editor', () => {
  afterEach(closeEverything);

  it('types at the caret and takes the caret along', async () => {
    const { document, editor, target } = await dictatingInto('Dear all,|\nbye');
    assert.deepEqual(await target.type(words('this is it.')), { kind: 'typed' });
    assert.equal(document.getText(), 'Dear all, this is it.\nbye');
    assert.equal(caretOf(editor), 'Dear all, this is it.'.length);
  });

  it('makes each phrase one undo step', async () => {
    const { document, target } = await dictatingInto('|');
    await target.type(words('One.'));
    await target.type(words('Two.'));
    await undo();
    assert.equal(document.getText(), 'One.');
    await undo();
    assert.equal(document.getText(), '');
  });

  it('types at three carets, and one undo removes all three', async () => {
    const { document, target } = await dictatingInto('a |\nb |\nc |');
    await target.type(words('one'));
    await target.type(words('two'));
    assert.equal(document.getText(), 'a one two\nb one two\nc one two');
    await undo();
    assert.equal(document.getText(), 'a one\nb one\nc one');
  });

  it('leaves typing above and inside the paragraph when the last phrase is undone', async () => {
    const { document, editor, target } = await dictatingInto('First.\nSecond.|');
    await target.type(words('Third.'));
    setCarets(editor, [0]);
    await typeKeys('Above. ');
    setCarets(editor, [document.getText().indexOf('Third')]);
    await typeKeys('(inside) ');
    await target.type(words('Fourth.'));
    assert.equal(document.getText(), 'Above. First.\nSecond. (inside) Third. Fourth.');
    await undo();
    assert.equal(document.getText(), 'Above. First.\nSecond. (inside) Third.');
  });

  it('takes back exactly the last phrase after more was typed', async () => {
    const { document, editor, target } = await dictatingInto('First.|');
    await target.type(words('Second.'));
    setCarets(editor, [0]);
    await typeKeys('Zeroth. ');
    assert.equal(await target.undoLast(), 'undone');
    assert.equal(document.getText(), 'Zeroth. First.');
    assert.equal(await target.undoLast(), 'nothing-inserted');
  });

  it('takes nothing back that was changed since', async () => {
    const { document, editor, target } = await dictatingInto('|');
    await target.type(words('hello world'));
    await editor.edit((edit) => edit.replace(new Range(0, 0, 0, 5), 'Hello'));
    assert.equal(await target.undoLast(), 'changed-since');
    assert.equal(document.getText(), 'Hello world');
  });

  it('goes on behind what is typed at its own caret', async () => {
    const { document, target } = await dictatingInto('|');
    await target.type(words('One'));
    await typeKeys(' and a half');
    await target.type(words('two'));
    assert.equal(document.getText(), 'One and a half two');
  });

  it('stays where it began when the caret moves away', async () => {
    const { document, editor, target } = await dictatingInto('here:|\nthere:');
    setCarets(editor, [document.getText().length]);
    await target.type(words('said'));
    assert.equal(document.getText(), 'here: said\nthere:');
    assert.equal(caretOf(editor), document.getText().length);
  });

  it('leaves a selection that ends at its place as it is', async () => {
    const { document, editor, target } = await dictatingInto('pick me|');
    editor.selection = new Selection(0, 5, 0, 7);
    await target.type(words('not this'));
    assert.equal(document.getText(editor.selection), 'me');
    assert.equal(document.getText(), 'pick me not this');
  });

  it('types on while another editor is shown, in one undo step', async () => {
    const { document, target } = await dictatingInto('hidden|');
    await openPage('other');
    assert.deepEqual(await target.type(words('one')), { kind: 'typed' });
    assert.deepEqual(await target.type(words('two')), { kind: 'typed' });
    assert.equal(document.getText(), 'hidden one two');
    await window.showTextDocument(document);
    await undo();
    assert.equal(document.getText(), 'hidden one');
  });

  it('keeps its place while another extension edits above and rewrites everything', async () => {
    const { document, editor, target } = await dictatingInto('const a=1;\n// |\nconst b=2;\n');
    await insertAt(editor, 0, '#!/usr/bin/env node\n');
    await target.type(words('first'));
    const all = new WorkspaceEdit();
    const end = document.positionAt(document.getText().length);
    all.replace(
      document.uri,
      new Range(document.positionAt(0), end),
      '#!/usr/bin/env node\nconst a = 1;\n\n  // first\nconst b = 2;\n',
    );
    await workspace.applyEdit(all);
    await target.type(words('second'));
    assert.match(document.getText(), /\n {2}\/\/ first second\n/);
  });

  it('stays before the line break that saving appends', async () => {
    const uri = Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp'), 'saved.txt');
    await workspace.fs.writeFile(uri, Buffer.from('end'));
    await workspace.getConfiguration('files').update('insertFinalNewline', true, true);
    const { document, target } = await dictatingFile(uri, 3);
    await target.type(words('of'));
    await document.save();
    assert.equal(document.getText(), 'end of\n');
    await target.type(words('file'));
    assert.equal(document.getText(), 'end of file\n');
    await document.save();
    await workspace.getConfiguration('files').update('insertFinalNewline', undefined, true);
  });

  it('types a phrase once when the editor trims the line that was left in the same change', async () => {
    const editor = await openPage('// note:\nfunction f() {}\n', 'typescript');
    const { document } = editor;
    // The rules of the language come a moment after its first document; until then nothing is indented.
    await until(async () => {
      setCarets(editor, [document.getText().indexOf('}')]);
      await typeKeys('\n');
      if (/\{\n\s+\n\}/.test(document.getText())) return true;
      await commands.executeCommand('undo');
      return false;
    });
    setCarets(editor, ['// note:'.length]);
    const target = new DocumentTarget({ document, offsets: ['// note:'.length] }, tools);
    assert.deepEqual(await target.type(words('said once')), { kind: 'typed' });
    assert.equal(document.getText(), '// note: said once\nfunction f() {\n\n}\n');
    await target.type(words('and on'));
    assert.match(document.getText(), /^\/\/ note: said once and on\n/);
  });

  it('types once at a thousand and more carets', async () => {
    const { document, target } = await dictatingInto('line |\n'.repeat(1_200));
    await target.type(words('said'));
    assert.equal(document.getText(), 'line said\n'.repeat(1_200));
  });

  it('keeps its place and its undo when the line breaks of the file change', async () => {
    const { document, editor, target } = await dictatingInto(
      `${'x\n'.repeat(30)}|\n${'x\n'.repeat(30)}`,
    );
    await target.type(words('first'));
    await editor.edit((edit) => edit.setEndOfLine(EndOfLine.CRLF));
    await target.type(words('second'));
    assert.equal(document.lineAt(30).text, 'first second');
    await target.undoLast();
    assert.equal(await target.undoLast(), 'undone');
    assert.equal(document.lineAt(30).text, '');
  });

  it('shows the newest of the words on their way, behind an ellipsis where they do not fit', () => {
    const long = Array.from({ length: 40 }, (_, at) => `word${at}`).join(' ');
    assert.equal(newestWords('short and whole', 0), 'short\u00a0and\u00a0whole');
    const [wide, narrow] = [newestWords(long, 0), newestWords(long, 110)];
    for (const shown of [wide, narrow]) {
      assert.match(shown, /^…word\d+\u00a0.*word39$/);
      assert.ok(shown.length <= 73, shown);
    }
    assert.ok(narrow.length <= 25, narrow);
  });

  it('brings the place into view where a phrase lands, unless the person scrolled away', async () => {
    const { document, editor, target } = await dictatingInto(`${'line\n'.repeat(400)}|`);
    const isSeen = () => editor.visibleRanges.some(({ end }) => end.line >= document.lineCount - 1);
    await until(() => editor.visibleRanges.length > 0 && !isSeen());
    await target.type(words('One.'));
    await until(isSeen);
    await commands.executeCommand('editorScroll', { to: 'up', by: 'page', value: 5 });
    await until(() => !isSeen());
    await target.type(words('Two.'));
    assert.equal(document.lineAt(document.lineCount - 1).text, 'One. Two.');
    // The window has done before this what it was told to do before.
    await commands.executeCommand('editorScroll', { to: 'up', by: 'line', value: 1 });
    assert.equal(isSeen(), false);
    target.dispose();
  });

  it('gives a phrase back whose document was closed', async () => {
    // VS Code keeps a file whose editor is closed for a while; what has no name is gone at once.
    const document = await workspace.openTextDocument({ content: '' });
    await window.showTextDocument(document, { preview: false });
    const target = new DocumentTarget({ document, offsets: [0] }, tools);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const delivery = await target.type(words('lost?'));
    assert.equal(delivery.kind, 'refused');
  });

  it('gives a phrase back that a read-only document refuses', async () => {
    await workspace
      .getConfiguration('files')
      .update('readonlyInclude', { '**/fixed.txt': true }, true);
    const uri = Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp'), 'fixed.txt');
    await workspace.fs.writeFile(uri, Buffer.from('fixed'));
    const { document, target } = await dictatingFile(uri, 5);
    const delivery = await target.type(words('changed'));
    assert.equal(delivery.kind, 'refused');
    assert.equal(document.getText(), 'fixed');
    await workspace.getConfiguration('files').update('readonlyInclude', undefined, true);
  });
});

async function dictatingFile(uri: Uri, offset: number) {
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { preview: false });
  setCarets(editor, [offset]);
  return { document, editor, target: new DocumentTarget({ document, offsets: [offset] }, tools) };
}
