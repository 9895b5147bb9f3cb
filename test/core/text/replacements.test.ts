import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReplacer } from '../../../src/core/text/replacements.ts';

describe('createReplacer', () => {
  test('replaces whole words only', () => {
    const replace = createReplacer([['cat', 'dog']]);
    expect(replace('cat, concatenate, cats, cat_s. A cat')).toBe(
      'dog, concatenate, cats, cat_s. A dog',
    );
    expect(createReplacer([['é', 'x']])('é café')).toBe('x café');
  });

  test('takes any case and any space between words', () => {
    const replace = createReplacer([['  type  script ', 'TypeScript']]);
    expect(replace('Type script and TYPE  SCRIPT.')).toBe('TypeScript and TypeScript.');
    expect(createReplacer([['οδος', 'street']])('ΟΔΟΣ')).toBe('street');
  });

  test('prefers the longest, in whatever order they are listed', () => {
    const rules = [
      ['delete', 'remove'],
      ['delete widget', 'deleteWidget'],
    ] as const;
    for (const each of [rules, rules.toReversed()]) {
      expect(createReplacer(each)('delete widget, delete gadget')).toBe(
        'deleteWidget, remove gadget',
      );
    }
  });

  test('never replaces what it wrote', () => {
    const swap = createReplacer([
      ['left', 'right'],
      ['right', 'left'],
      ['left right', 'left left'],
    ]);
    expect(swap('left or right')).toBe('right or left');
    expect(swap('left right')).toBe('left left');
  });

  test('writes what is asked for to the letter, and finds signs as well as letters', () => {
    const replace = createReplacer([
      ['c++', '$& $1'],
      ['dot.', ''],
    ]);
    expect(replace('c++ dot.')).toBe('$& $1 ');
    expect(replace('dots')).toBe('dots');
  });

  test('leaves all else alone, whatever the entries are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string())),
        fc.string({ unit: 'binary' }),
        (entries, text) => {
          const identical = entries.map(([spoken]) => [spoken, '\0'] as const);
          const kept = createReplacer(identical)(text).split('\0').at(0) ?? '';
          expect(text.startsWith(kept)).toBe(true);
          expect(createReplacer([...entries, ['', 'x']])('')).toBe('');
        },
      ),
    );
  });

  test('replaces every word of a phrase of known words once', () => {
    const word = fc.constantFrom('one', 'two', 'three', 'four');
    const written = { one: 'two', two: 'three', three: 'one' };
    const replace = createReplacer(Object.entries(written));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const expected = words.map((each) => new Map(Object.entries(written)).get(each) ?? each);
        expect(replace(words.join(' '))).toBe(expected.join(' '));
      }),
    );
  });
});
