import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, afterEach, before, describe, it } from 'mocha';
import { EndOfLine, Uri, window, workspace } from 'vscode';
import { DocumentTarget } from '../../../src/extension/typing/document-target.ts';
import { GhostText } from '../../../src/extension/typing/ghost-text.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { closeEverything, dictatingInto, insertAt, setCarets, typeKeys, words } from './editors.ts';

const tools = { ghost: new GhostText(), clock: createMonotonicClock() };

const happening = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'final' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('typed' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      text: fc.string({ unit: fc.constantFrom(...'XYZ \n'), minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('caret' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
);

describe('edits that race with phrases', () => {
  afterEach(closeEverything);

  it('lose neither, and keep every phrase whole or where the typing split it, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(happening, { minLength: 5, maxLength: 25 }),
        async (carets, happenings) => {
          const { document, editor, target } = await dictatingInto('X Y|\n'.repeat(carets));
          const place = (share: number) => Math.round(share * document.getText().length);
          const said: string[] = [];
          let typed = document.getText();
          let typing = Promise.resolve();
          // Nobody waits for the other, as between a person and a service.
          const edits: Thenable<void>[] = [];
          for (const each of happenings) {
            if (each.kind === 'caret') setCarets(editor, [place(each.at)]);
            if (each.kind === 'typed') {
              const edit = insertAt(editor, place(each.at), each.text);
              edits.push(
                edit.then((accepted) => {
                  if (accepted) typed += each.text;
                }),
              );
              await new Promise((resolve) => setTimeout(resolve, 1));
            }
            if (each.kind === 'final') {
              const phrase = `p${said.length};`;
              said.push(phrase);
              typing = typing.then(async () => {
                assert.deepEqual(await target.type(words(phrase)), { kind: 'typed' });
              });
            }
          }
          await Promise.all(edits);
          await typing;

          const text = document.getText();
          assert.deepEqual(lettersOf(text, /[XYZ\n]/), lettersOf(typed, /[XYZ\n]/));
          const spoken = [...text].filter((letter) => /[p\d;]/.test(letter)).join('');
          assert.equal(lettersOf(text, /[p]/).length, said.length * carets);
          if (carets === 1) assert.equal(spoken, said.join(''));
          target.dispose();
          await closeEverything();
        },
      ),
      { numRuns: 15 },
    );
  }).timeout(120_000);
});

/** What a person does in a file of code, and the editor adds something to. */
const deed = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'final' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('keys' as const),
      text: fc.constantFrom('\n', '\n', '(', '{', ')', '}', '"', ' ', 'x', ';', '<', '>'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('caret' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'save' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'line breaks' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo a phrase' as const }) },
);

const FEATURES = {
  'editor.autoIndent': 'full',
  'editor.autoClosingBrackets': 'always',
  'editor.autoClosingQuotes': 'always',
  'editor.formatOnType': true,
  'editor.linkedEditing': true,
  'editor.trimAutoWhitespace': true,
  'editor.quickSuggestions': false,
  'editor.suggestOnTriggerCharacters': false,
  'editor.wordBasedSuggestions': 'off',
  'files.insertFinalNewline': true,
  'files.trimTrailingWhitespace': true,
  'files.trimFinalNewlines': true,
};

describe('what the editor adds to a change by itself', () => {
  before(() => setAll(FEATURES));
  after(() => setAll(Object.fromEntries(Object.keys(FEATURES).map((name) => [name, undefined]))));
  afterEach(closeEverything);

  const code = 'function f() {}\nclass C {\n    m() { return [1] }\n}\n';
  const tags = '<div>\n    <p>a</p>\n    <ul><li>b</li></ul>\n</div>\n';
  for (const [name, content] of [
    ['typed.ts', code],
    ['typed.html', tags],
  ] as const) {
    it(`doubles no phrase and loses none in ${name}`, async () => {
      const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/tmp');
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.array(deed, { minLength: 8, maxLength: 20 }),
          async (start, deeds) => {
            runs += 1;
            const uri = Uri.joinPath(folder, `${runs}-${name}`);
            await workspace.fs.writeFile(uri, Buffer.from(content));
            const document = await workspace.openTextDocument(uri);
            const editor = await window.showTextDocument(document, { preview: false });
            const place = (share: number) => Math.round(share * document.getText().length);
            const target = new DocumentTarget({ document, offsets: [place(start)] }, tools);
            let said = 0;
            const there: number[] = [];
            for (const each of deeds) {
              if (each.kind === 'caret') setCarets(editor, [place(each.at)]);
              if (each.kind === 'keys') await typeKeys(each.text);
              if (each.kind === 'save') await document.save();
              if (each.kind === 'line breaks') {
                const other = document.eol === EndOfLine.LF ? EndOfLine.CRLF : EndOfLine.LF;
                await editor.edit((edit) => edit.setEndOfLine(other));
              }
              if (each.kind === 'final') {
                const delivery = await target.type(words(`\u{a7}${said}`));
                assert.deepEqual(delivery, { kind: 'typed' });
                there.push(said);
                said += 1;
              }
              if (each.kind === 'undo a phrase' && (await target.undoLast()) === 'undone') {
                there.pop();
              }
            }
            const count = [...document.getText()].filter((letter) => letter === '\u{a7}').length;
            assert.equal(count, there.length, document.getText());
            target.dispose();
            await document.save();
            await closeEverything();
          },
        ),
        { numRuns: 8 },
      );
    }).timeout(120_000);
  }
});

async function setAll(settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await workspace.getConfiguration().update(name, value, true);
  }
}

function lettersOf(text: string, kind: RegExp): readonly string[] {
  return [...text].filter((letter) => kind.test(letter)).sort();
}
