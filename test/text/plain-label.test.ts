import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainLabel } from '../../src/text/plain-label.ts';

/** What VS Code makes a link, a command or an icon of, in notifications, lists and Markdown. */
const ALIVE =
  /\[[^\]]*\]\(|\[[^\]]*\]:|\bcommand:|\$\([a-z0-9~-]+\)|`|<|:\/\/|\bwww\.|[\w.+-]@\w|[\r\n]/iu;

const tempting = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '[',
          ']',
          '(',
          ')',
          '$',
          '$(',
          'command',
          'command:',
          ':',
          '/',
          '//',
          'https',
          'www',
          '.',
        ],
        ...['`', '<', '>', '@', 'a', '\n', '\u200b', '\u200d', '\\', 'Fix it', 'zap~spin', '!'],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('plainLabel', () => {
  test.each([
    ['[Fix it](command:evil.run?%5B%22x%22%5D)', '(Fix it)(command evil.run?%5B%22x%22%5D)'],
    ['$(zap) now, $$(x)', '(zap) now, (x)'],
    [
      'see https://evil.example/x or www.evil.example',
      'see https: //evil.example/x or www .evil.example',
    ],
    ['<a href="x">`ls`</a>', '‹a href="x"›\'ls\'‹/a›'],
    ['mail me@evil.example', 'mail me at evil.example'],
    ['two\nlines', 'two lines'],
    ['Unknown Command: x', 'Unknown Command x'],
    ['USB Mic (front), 48 kHz', 'USB Mic (front), 48 kHz'],
    ['C:\\Users\\me costs $5 * 2_000 @home', 'C:\\Users\\me costs $5 * 2_000 @home'],
  ])('makes %j plain', (text, plain) => {
    expect(plainLabel(text)).toBe(plain);
  });

  test('is never longer than 160, and says that more was there', () => {
    expect(plainLabel('word '.repeat(100))).toMatch(/^(word )+word…$/);
    expect(plainLabel('👩‍👩‍👧'.repeat(100)).length).toBeLessThanOrEqual(160);
    expect(plainLabel('👩'.repeat(100))).not.toMatch(/\p{Cs}/u);
  });

  test('leaves no link, no command and no icon in any text', () => {
    fc.assert(
      fc.property(fc.oneof(tempting, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const plain = plainLabel(text);
        expect(plain).not.toMatch(ALIVE);
        expect(plain.length).toBeLessThanOrEqual(160);
        expect(plainLabel(plain)).toBe(plain);
      }),
      { numRuns: 2_000 },
    );
  });
});
