import { describe, expect, test } from 'vitest';
import { composer, SILENT, type Utterance } from '../../../src/extension/typing/compose.ts';
import { Insertion } from '../../../src/extension/typing/plan/insertion.ts';
import { EditedText } from './plan/edited-text.ts';

/** A document of a language with dictation at its `|`, and what it is after all that was said. */
function saying(languageId: string, marked: string, ...utterances: readonly Utterance[]) {
  const offset = marked.indexOf('|');
  const text = new EditedText(marked.replace('|', ''));
  const insertion = new Insertion([offset], text.read);
  for (const utterance of utterances) {
    const spoken = utterance.kind === 'words' ? utterance.text : undefined;
    const compose = composer(utterance, { languageId }, SILENT);
    const edits = insertion.planPhrase(compose, text.read, spoken);
    text.apply(edits, 'lull');
    insertion.edited(edits, text.read);
  }
  const undo = () => {
    const edits = insertion.planUndo(text.read);
    if (typeof edits === 'string') return edits;
    text.apply(edits, 'lull');
    insertion.edited(edits, text.read);
    return text.all;
  };
  return { text: text.all, undo };
}

const words = (text: string): Utterance => ({ kind: 'words', text });

describe('what is said into a document', () => {
  test.each([
    ['a comment', '// The total is |', '// The total is the sum'],
    ['a string', "const a = '|';", "const a = 'The sum';"],
    ['code', 'const total = |;', 'const total = the sum;'],
  ])('is joined in %s as it is written there', (_, marked, joined) => {
    const { text } = saying('typescript', marked, words('The sum.'));
    expect(text.replace(/\.(?=['\n]|;?$)/, '')).toBe(joined);
  });

  test('stands where a word was in the middle of a sentence', () => {
    expect(saying('plaintext', 'The quick | fox jumps.', words('Brown.')).text).toBe(
      'The quick brown fox jumps.',
    );
  });

  test('keeps the comment on a new line, and is taken back phrase by phrase', () => {
    const { text, undo } = saying(
      'typescript',
      '  // |',
      { kind: 'words', text: 'user_name', words: 'literal' },
      { kind: 'break', text: '\n' },
      words('Next.'),
    );
    expect(text).toMatch(/^ {2}\/\/ user_name\n {2}\/\/ next\.?$/i);
    expect([undo(), undo(), undo(), undo()]).toEqual([
      '  // user_name\n  // ',
      '  // user_name',
      '  // ',
      'nothing-inserted',
    ]);
  });

  test('goes on in one breath and gives the full stop back when that is taken back', () => {
    const { text, undo } = saying('plaintext', '|', words('We met because.'), words('It rained.'));
    expect(text).toBe('We met because it rained.');
    undo();
    expect(undo()).toBe('');
  });
});
