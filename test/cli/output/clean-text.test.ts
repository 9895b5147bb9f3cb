import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanEvent, cleanText } from '../../../src/cli/output/clean-text.ts';
import { finalEvent } from './final-event.ts';

describe('cleanText', () => {
  test.each([
    { name: 'colours', text: '\u001b[31mred\u001b[0m', clean: 'red' },
    { name: 'a window title', text: '\u001b]0;title\u0007after', clean: 'after' },
    { name: 'C1 escapes', text: 'a\u009b31mb', clean: 'ab' },
    { name: 'bells and deletes', text: 'a\u0007\u007f\u0000b', clean: 'ab' },
    { name: 'overrides of the reading direction', text: 'a\u202eb\u2066c', clean: 'abc' },
    { name: 'line breaks of every kind', text: 'a\r\nb\u2028c\u0085d', clean: 'a b c d' },
  ])('takes out $name', ({ text, clean }) => {
    expect(cleanText(text)).toBe(clean);
  });

  test('leaves what people write as it is', () => {
    const text = 'Ärger, naïve, 日本語, مرحبا, 👩‍👩‍👧 and e\u0301';
    expect(cleanText(text)).toBe(text);
  });

  test('leaves nothing a terminal could obey, whatever comes', () => {
    const hostile = fc.string({ unit: 'binary' });
    fc.assert(fc.property(hostile, (text) => !/[\p{Cc}\u2028\u2029]/u.test(cleanText(text))));
  });
});

describe('cleanEvent', () => {
  test('reaches the words of a final', () => {
    const clean = cleanEvent(finalEvent('\u001b[2Jhello there'));
    expect(clean).toEqual(finalEvent('hello there'));
  });
});
