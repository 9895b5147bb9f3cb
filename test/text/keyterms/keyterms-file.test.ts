import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkOptions } from '../../../src/core/options.ts';
import { parseKeyterms } from '../../../src/text/keyterms/keyterms-file.ts';

describe('parseKeyterms', () => {
  test('reads one a line, without remarks, blanks and repeats', () => {
    const text = '\ufeff# ours\r\nLull\n\n  turn   end \nLull\n\t# none\nC#\n';
    expect(parseKeyterms(text)).toEqual({ keyterms: ['Lull', 'turn end', 'C#'], problems: [] });
  });

  test('names the line of what cannot be sent, and keeps the rest', () => {
    const text = ['Lull', 'x'.repeat(51), 'a\u0007b', '---', '日本語'].join('\n');
    expect(parseKeyterms(text)).toEqual({
      keyterms: ['Lull', '日本語'],
      problems: [
        { line: 2, message: 'A keyterm has more than 50 characters; shorten it' },
        { line: 3, message: 'A keyterm holds a control character; write it as it is spoken' },
        { line: 4, message: 'A keyterm has no letters; write it as it is spoken' },
      ],
    });
  });

  test('keeps the first hundred of ten thousand, and says where it stopped', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `term ${index}`).join('\n');
    const { keyterms, problems } = parseKeyterms(text);
    expect(keyterms).toHaveLength(100);
    expect(problems).toEqual([
      {
        line: 101,
        message: 'The service takes 100 keyterms; those from this line on are left out',
      },
    ]);
  });

  test('offers only what the service takes, whatever the file holds', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom(...'aé#\t\r\n \0\u2028\ud800😀漢\u00a0'))
          .map((each) => each.join('')),
        (text) => {
          const { keyterms } = parseKeyterms(text);
          expect(checkOptions({ keyterms }).settings.keyterms).toEqual(keyterms);
        },
      ),
    );
  });
});
