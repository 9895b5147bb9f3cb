import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReplacer, parseReplacements } from '../../src/text/replacements.ts';

/** Everything a pattern or a word could trip over; cheaper to make than strings of all Unicode. */
const odd = fc
  .array(fc.constantFrom(...'aAéß_ .*+?()[]{}|\\^$\0\n漢😀\ud800'), { maxLength: 12 })
  .map((signs) => signs.join(''));

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
      fc.property(fc.array(fc.tuple(odd, odd), { maxLength: 6 }), odd, (entries, text) => {
        const identical = entries.map(([spoken]) => [spoken, '\0'] as const);
        const kept = createReplacer(identical)(text).split('\0').at(0) ?? '';
        expect(text.startsWith(kept)).toBe(true);
        expect(createReplacer([...entries, ['', 'x']])('')).toBe('');
      }),
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

describe('a replacement that matches everything', () => {
  test('does no harm', () => {
    const entries = [
      ['', 'x'],
      ['  ', 'x'],
      ['.*', 'x'],
      ['[^]*', 'x'],
      ['(', 'x'],
    ] as const;
    expect(createReplacer(entries)('All is well. Or not.')).toBe('All is well. Or not.');
  });

  test('is one of a hundred thousand, and the first thousand hold', () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => [`w${index}`, 'x'] as const);
    expect(createReplacer(entries)('w1 w2')).toBe('x x');
  });
});

describe('parseReplacements', () => {
  test('reads "spoken => written" on each line', () => {
    const text = '# ours\n type  script => TypeScript\r\n\nc++=>C++\narrow => =>\num =>\n';
    expect(parseReplacements(text)).toEqual({
      replacements: [
        ['type script', 'TypeScript'],
        ['c++', 'C++'],
        ['arrow', '=>'],
        ['um', ''],
      ],
      problems: [],
    });
  });

  test('names the line that is none, and keeps the others', () => {
    const text = [
      'a => b',
      'no arrow',
      '=> all',
      'A => c',
      `${'x'.repeat(101)} => y`,
      'z => \u0007',
    ].join('\n');
    const { replacements, problems } = parseReplacements(text);
    expect(replacements).toEqual([['a', 'b']]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
    expect(problems[0]?.message).toBe('There is no "=>"; write "what is heard => what is written"');
  });

  test('takes at most a thousand', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `w${index} => x`).join('\n');
    const { replacements, problems } = parseReplacements(text);
    expect(replacements).toHaveLength(1_000);
    expect(problems).toHaveLength(10);
  });
});
