import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatWords } from '../../../src/engine/session/final-text.ts';

const say = (text: string) => formatWords(text.split(' '), 'closed').join(' ');

test.each([
  ['hello world', 'Hello world.'],
  ["i think i'm late and i'll run", "I think I'm late and I'll run."],
  ['ice is in it', 'Ice is in it.'],
  ['yes', 'Yes.'],
])('"%s" becomes "%s"', (heard, written) => {
  expect(say(heard)).toBe(written);
});

test.each([
  'what is the time',
  'how many people came',
  'do you hear me',
  'is there a doctor',
  'can you open it',
])('"%s" is a question', (text) => {
  expect(say(text)).toMatch(/\?$/);
});

test.each([
  'what a day',
  'when i came home it was dark',
  'which is why we left',
  'is it',
  'do not worry',
  'can of beans',
  'will power helps',
  'had he known he would have come',
])('"%s" is left a statement', (text) => {
  expect(say(text)).toMatch(/\.$/);
});

test('a partial gets no closing mark', () => {
  expect(formatWords(['what', 'is', 'that'], 'open')).toEqual(['What', 'is', 'that']);
});

test('there are as many words as before, and they differ in casing and the mark only', () => {
  const words = fc.array(fc.stringMatching(/^[a-z']{1,8}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, (heard) => {
      const written = formatWords(heard, 'closed');
      expect(written.map((word) => word.toLowerCase().replace(/[.?]$/, ''))).toEqual(heard);
    }),
  );
});
