import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Compose, Insertion } from '../../../../src/extension/typing/plan/insertion.ts';
import { lineBreakEdits, type TextEdit } from '../../../../src/extension/typing/plan/text-edit.ts';
import { EditedText } from './edited-text.ts';

/** A text with carets at every `|`, and dictation standing at each of them. */
function setup(marked: string) {
  const parts = marked.split('|');
  const offsets = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
  const text = new EditedText(parts.join(''));
  const insertion = new Insertion(offsets, text.read);
  return {
    insertion,
    text,
    say(phrase: string) {
      const edits = insertion.planPhrase(spaced(phrase), text.read);
      text.apply(edits, 'lull');
      insertion.edited(inOrder(edits), text.read);
    },
    edit(offset: number, length: number, inserted: string) {
      const edits = [{ offset, length, text: inserted }];
      text.apply(edits, 'user');
      insertion.edited(edits, text.read);
    },
    rewrite(from: string, to: string) {
      const edits = insertion.planRewrite(({ typed }) => typed.replace(from, to), text.read);
      text.apply(edits, 'lull');
      insertion.edited(inOrder(edits), text.read);
    },
    undo() {
      const edits = insertion.planUndo(text.read);
      if (typeof edits === 'string') return edits;
      text.apply(edits, 'lull');
      insertion.edited(inOrder(edits), text.read);
      return 'undone';
    },
  };
}

/** A phrase and the spaces that part it from its surroundings; how words are joined is another's test. */
function spaced(phrase: string): Compose {
  const isPartedLeft = /[^\s(]$/u;
  const isPartedRight = /^\p{L}/u;
  return ({ left, right }) => ({
    text:
      phrase.trim() === ''
        ? phrase
        : `${isPartedLeft.test(left) ? ' ' : ''}${phrase}${isPartedRight.test(right) ? ' ' : ''}`,
    ...{ replaceLeft: 0, replaceRight: 0 },
  });
}

/** As VS Code lists the edits of a change: each as it is carried out after those before it. */
function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((one, other) => other.offset - one.offset);
}

describe('Insertion', () => {
  test('a phrase that was written another way is one phrase: it is gone on and taken back', () => {
    const { text, say, rewrite, undo } = setup('call(|) and call(|)');
    say('delete widget');
    rewrite('delete widget', 'deleteWidget');
    expect(text.read(0, 99)).toBe('call(deleteWidget) and call(deleteWidget)');
    say('now');
    expect(text.read(0, 99)).toBe('call(deleteWidget now) and call(deleteWidget now)');
    undo();
    undo();
    expect(text.read(0, 99)).toBe('call() and call()');
  });

  test('a phrase that somebody changed meanwhile is not written another way', () => {
    const { text, say, edit, rewrite } = setup('call(|)');
    say('delete widget');
    edit(5, 6, 'remove');
    rewrite('remove widget', 'removeWidget');
    expect(text.read(0, 99)).toBe('call(remove widget)');
  });

  test('breaks a line without a space on either side of the break', () => {
    const { text, say, undo } = setup('One|');
    say('\n');
    say('two.');
    expect(text.read(0, 99)).toBe('One\ntwo.');
    undo();
    undo();
    expect(text.read(0, 99)).toBe('One');
  });

  test('parts phrases by one space', () => {
    const { text, say } = setup('Dear all,|');
    say('this is one.');
    say('And two.');
    expect(text.all).toBe('Dear all, this is one. And two.');
  });

  test('puts each phrase at every caret', () => {
    const { text, say } = setup('a: |\nb: |\nc: |\n');
    say('one');
    say('two');
    expect(text.all).toBe('a: one two\nb: one two\nc: one two\n');
  });

  test('stays where it began while lines are added and removed above', () => {
    const { text, say, edit } = setup('first\nsecond\nthird |');
    edit(0, 6, '');
    edit(0, 0, 'new\nlines\n');
    say('here');
    expect(text.all).toBe('new\nlines\nsecond\nthird here');
  });

  test('goes on behind what was typed at its own caret', () => {
    const { text, say, edit, insertion } = setup('I say|.');
    edit(5, 0, ' (');
    insertion.caretsAt([7], text.read);
    say('quietly');
    expect(text.all).toBe('I say (quietly.');
  });

  test('stays before a line that a save appends behind the caret', () => {
    const { text, say, edit, insertion } = setup('end|');
    edit(3, 0, '\n');
    insertion.caretsAt([3], text.read);
    say('of file');
    expect(text.all).toBe('end of file\n');
  });

  test('follows a caret that is put back after a save has moved it', () => {
    const { text, say, edit, insertion } = setup('end|');
    edit(3, 0, '\n');
    insertion.caretsAt([4], text.read);
    insertion.caretsAt([3], text.read);
    say('of file');
    expect(text.all).toBe('end of file\n');
  });

  test('stays between what was typed and what a save appends to it', () => {
    const { text, say, edit, insertion } = setup('end|');
    edit(3, 0, ' of');
    insertion.caretsAt([6], text.read);
    edit(6, 0, '\n');
    say('file');
    expect(text.all).toBe('end of file\n');
  });

  test('finds its place in a text that was formatted as a whole', () => {
    const { text, say, edit } = setup('const a=1;\n// note: |\nconst b=2;\n');
    edit(0, text.all.length, 'const a = 1;\n\n// note: \nconst b = 2;\n');
    say('keep both');
    expect(text.all).toBe('const a = 1;\n\n// note: keep both\nconst b = 2;\n');
  });

  test('types a phrase once where two carets have become one', () => {
    const { text, say, edit } = setup('ab|cd|ef');
    edit(1, 4, '');
    say('x');
    expect(text.all).toBe('a x f');
  });

  test('takes exactly the last phrase back and leaves what was typed around it', () => {
    const { text, say, edit, undo } = setup('One.\nTwo.|');
    say('Three.');
    say('Four.');
    edit(0, 0, 'Zero.\n');
    edit(text.all.indexOf('Three'), 0, '(two and a half) ');
    expect(undo()).toBe('undone');
    expect(text.all).toBe('Zero.\nOne.\nTwo. (two and a half) Three.');
  });

  test('takes one phrase back after the other, at every caret', () => {
    const { text, say, undo } = setup('|\n|');
    say('one');
    say('two');
    undo();
    expect(text.all).toBe('one\none');
    undo();
    expect(text.all).toBe('\n');
    expect(undo()).toBe('nothing-inserted');
  });

  test('refuses to take back a phrase that was changed since', () => {
    const { text, say, edit, undo } = setup('|');
    say('hello world');
    edit(0, 5, 'Hello');
    expect(undo()).toBe('changed-since');
    expect(text.all).toBe('Hello world');
  });

  test('knows its phrase in a change to which the editor adds that it trims a line', () => {
    const { text, say, insertion, undo } = setup('// |\nfunction f() {\n    \n}');
    const own = insertion.planPhrase(spaced('said once'), text.read);
    // One after the other, the last in the text first, as VS Code lists them.
    const trim = { offset: text.all.indexOf('    '), length: 4, text: '' };
    text.apply([trim], 'user');
    text.apply(own, 'lull');
    expect(insertion.edited([trim, ...inOrder(own)], text.read)).toBe('own');
    say('and again');
    expect(text.all).toBe('// said once and again\nfunction f() {\n\n}');
    expect([undo(), undo(), undo()]).toEqual(['undone', 'undone', 'nothing-inserted']);
    expect(text.all).toBe('// \nfunction f() {\n\n}');
  });

  test('knows its phrases in the one change that VS Code makes of more than a thousand', () => {
    const { text, say, insertion } = setup('a |\nb |\nc');
    const own = insertion.planPhrase(spaced('one'), text.read);
    text.apply(own, 'lull');
    const merged = { offset: 2, length: 3, text: 'one\nb one' };
    expect(insertion.edited([merged], text.read)).toBe('own');
    say('two');
    expect(text.all).toBe('a one two\nb one two\nc');
  });

  test('puts back what a phrase replaced, and the full stop it took from the one before', () => {
    const { text, say, undo, insertion } = setup('Say |.');
    say('one.');
    const goesOn: Compose = () => ({ text: ', and two.', replaceLeft: 1, replaceRight: 1 });
    const edits = insertion.planPhrase(goesOn, text.read);
    text.apply(edits, 'lull');
    expect(insertion.edited(edits, text.read)).toBe('own');
    expect(text.all).toBe('Say one, and two.');
    expect(undo()).toBe('undone');
    expect(text.all).toBe('Say one..');
    expect(undo()).toBe('undone');
    expect(text.all).toBe('Say .');
  });

  test('replaces what was selected by the first phrase, and puts it back', () => {
    const text = new EditedText('one two three');
    const insertion = new Insertion([7], text.read, new Map([[7, 3]]));
    const edits = insertion.planPhrase(spaced('second'), text.read);
    text.apply(edits, 'lull');
    insertion.edited(edits, text.read);
    expect(text.all).toBe('one second three');
    expect(insertion.planUndo(text.read)).toEqual([{ offset: 4, length: 6, text: 'two' }]);
  });

  test('keeps its place among lines that are all alike when their breaks become longer', () => {
    const { text, say, insertion } = setup(`${'x\n'.repeat(40)}|${'x\n'.repeat(40)}`);
    const edits = lineBreakEdits(text.all.replaceAll('\n', '\r\n'), '\r\n');
    text.apply(edits, 'user');
    insertion.edited(edits, text.read);
    say('here');
    expect(text.all).toBe(`${'x\r\n'.repeat(40)}here ${'x\r\n'.repeat(40)}`);
  });

  test('goes on at the place a phrase was taken back from', () => {
    const { text, say, undo } = setup('Well,| bye');
    say('no');
    undo();
    say('yes');
    expect(text.all).toBe('Well, yes bye');
  });
});

/** What happens to a text while someone dictates into it. Positions are shares of its length. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('final' as const) }),
  fc.record({
    kind: fc.constant('edit' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(6),
    typed: fc.string({ unit: fc.constantFrom(...'XYZ \n'), maxLength: 6 }),
    caret: fc.constantFrom('follows' as const, 'is elsewhere' as const),
  }),
  /** A final whose edit comes too late: the text has changed when it arrives. */
  fc.record({
    kind: fc.constant('race' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    typed: fc.string({ unit: fc.constantFrom(...'XYZ \n'), minLength: 1, maxLength: 6 }),
  }),
);

test('keeps every phrase in order and every edit of the user, however they interleave', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
      fc.array(happening, { maxLength: 40 }),
      (places, happenings) => {
        const start = 'X Y\nZZ XYZ\n\nX Y Z ZZZ';
        const text = new EditedText(start);
        const withoutLull = new EditedText(start);
        const insertion = new Insertion(places, text.read);
        const carets = insertion.offsets.length;
        const said: string[] = [];

        const type = (at: number, removed: number, typed: string): TextEdit => {
          const offset = Math.round(at * text.all.length);
          const edit = { offset, length: text.ownedByUser(offset, removed), text: typed };
          withoutLull.apply([{ ...edit, offset: text.userOffset(offset) }], 'user');
          text.apply([edit], 'user');
          insertion.edited([edit], text.read);
          return edit;
        };
        const plan = () => insertion.planPhrase(spaced(`p${said.length};`), text.read);

        for (const each of happenings) {
          if (each.kind === 'edit') {
            const edit = type(each.at, each.removed, each.typed);
            const caret = each.caret === 'follows' ? edit.offset + edit.text.length : 0;
            insertion.caretsAt([caret], text.read);
            continue;
          }
          if (each.kind === 'race') {
            plan();
            type(each.at, 0, each.typed);
          }
          const edits = plan();
          text.apply(edits, 'lull');
          expect(insertion.edited(inOrder(edits), text.read)).toBe('own');
          said.push(`p${said.length};`);
        }

        expect(text.by('user')).toBe(withoutLull.all);
        const heard = text.by('lull').match(/p\d+;/g) ?? [];
        for (const phrase of said) {
          const times = heard.filter((each) => each === phrase).length;
          expect(times).toBeGreaterThanOrEqual(1);
          expect(times).toBeLessThanOrEqual(carets);
        }
        if (carets === 1) expect(heard).toEqual(said);
      },
    ),
  );
});
