import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanEvent, cleanText } from '../../src/core/clean.ts';
import { finalEvent } from '../cli/output/final-event.ts';

const ENGLAND = `\u{1f3f4}${tags('gbeng')}\u{e007f}`;

function tags(text: string): string {
  return [...text].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
}

/** Full of what is special to a cleaner, so that odd neighbours are met often. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['\u001b[', '\u001b]', '\u009b', '\u0090', '\u0007', '\u200b', '\u200c', '\u200d'],
          ...['\ufe0f', '\ufe00', '\u202e', '\u2066', '\u200e', '\u061c', '\u{e0101}', '\u{e0067}'],
          ...['\ud83d', '\udc4d', '\udb40', '\udc01', '\u{1f3f4}', '👩', '❤', '🏽', '1', '\u20e3'],
          ...[
            'ک',
            'ש',
            'क',
            '\u094d',
            'ក',
            '葛',
            '\u1820',
            '\u180b',
            'a',
            ' ',
            '\n',
            '\r',
            ENGLAND,
          ],
        ),
        fc.string({ unit: 'binary', maxLength: 2 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe('cleanText', () => {
  test.each([
    { name: 'colours', text: '\u001b[31mred\u001b[0m', clean: 'red' },
    { name: 'a window title', text: '\u001b]0;title\u0007after', clean: 'after' },
    { name: 'a title that is never closed', text: '\u001b]0;title', clean: ']0;title' },
    { name: 'a write to the clipboard', text: 'a\u001b]52;c;aGk=\u001b\\b', clean: 'ab' },
    { name: 'C1 escapes', text: 'a\u009b31mb', clean: 'ab' },
    { name: 'C1 strings', text: 'a\u009d0;title\u009cb', clean: 'ab' },
    { name: 'bells and deletes', text: 'a\u0007\u007f\u0000b', clean: 'ab' },
    { name: 'overrides of the reading direction', text: 'a\u202eb\u2066c\u200fd', clean: 'abcd' },
    { name: 'spaces of no width', text: 'pass\u200bword\ufeff\u2060\u00ad', clean: 'password' },
    { name: 'joiners between Latin letters', text: 'a\u200db\u200cc', clean: 'abc' },
    { name: 'words written in tags', text: `hello${tags('run me')}`, clean: 'hello' },
    { name: 'words written in tags behind a flag', text: `🏴${tags('run')}\u{e007f}`, clean: '🏴' },
    { name: 'bytes written in variation signs', text: '😀\u{e0105}\u{e0142}\ufe01', clean: '😀' },
    { name: 'fillers that look like nothing', text: 'a\u3164b\uffa0\u115f', clean: 'ab' },
    { name: 'halves of signs', text: 'a\ud83db\udc4dc', clean: 'abc' },
    { name: 'line breaks of every kind', text: 'a\r\nb\u2028c\u0085d\te', clean: 'a b c d e' },
  ])('takes out $name', ({ text, clean }) => {
    expect(cleanText(text)).toBe(clean);
  });

  test.each([
    ['accents', 'Ärger, naïve, e\u0301'],
    ['other scripts', '日本語, مرحبا, שלום, ไทย, 한국어'],
    ['a family', '👩‍👩‍👧'],
    ['skin colours', '👩🏽‍💻 👍🏿'],
    ['a burning heart', '❤️‍🔥'],
    ['keys', '1️⃣ #️⃣'],
    ['flags', `🇩🇪 🏳️‍🌈 ${ENGLAND}`],
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष'],
    ['Sinhala', 'ශ්‍රී'],
    ['Malayalam at the end of a word', 'അവന്‍ '],
    ['Khmer', 'ខ្ញុំ\u200bស្រឡាញ់'],
    ['the variant of a Japanese name', '葛\u{e0100}城'],
    ['a mark of direction in Hebrew', 'שלום\u200f!'],
  ])('leaves %s as it is', (_, text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('keeps tabs and line feeds where they are wanted, and no other control', () => {
    expect(cleanText('a\tb\r\nc\rd\u2028e\u0007', 'kept')).toBe('a\tb\nc\nd\ne');
  });

  test('leaves nothing that is obeyed or not seen, whatever comes', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff]/u);
        expect(cleanText(text, 'kept')).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
      { numRuns: 500 },
    );
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(odd, fc.constantFrom('one-line', 'kept'), (text, breaks) => {
        const clean = cleanText(text, breaks);
        expect(cleanText(clean, breaks)).toBe(clean);
      }),
      { numRuns: 1_000 },
    );
  });

  test('takes a long text in its stride', () => {
    for (const part of [
      '\u001b]',
      '\u0090',
      '\u001b[1',
      '\u200d',
      '\u{1f3f4}',
      'ک\u200c',
      '❤\ufe0f\u200d',
    ]) {
      expect(cleanText(part.repeat(100_000)).length).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('cleanEvent', () => {
  test('reaches the words of a final', () => {
    const clean = cleanEvent(finalEvent('\u001b[2Jhello there'));
    expect(clean).toEqual(finalEvent('hello there'));
  });
});
