import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import { closeEverything, dictatingInto, insertAt, setCarets } from './editors.ts';

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
                assert.deepEqual(await target.type(phrase), { kind: 'typed' });
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

function lettersOf(text: string, kind: RegExp): readonly string[] {
  return [...text].filter((letter) => kind.test(letter)).sort();
}
