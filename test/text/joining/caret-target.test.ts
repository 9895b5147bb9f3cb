import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetAt } from '../../../src/text/joining/caret-target.ts';
import type { JoinTarget } from '../../../src/text/joining/surroundings.ts';

describe('targetAt', () => {
  test.each<[languageId: string, left: string, target: JoinTarget]>([
    ['typescript', 'const a = ', 'code'],
    ['typescript', '  // keep ', 'comment'],
    ['typescript', 'x(); // keep ', 'comment'],
    ['typescript', '// keep\n', 'code'],
    ['typescript', '/** Sends\n * the ', 'comment'],
    ['typescript', '/* old */ ', 'code'],
    ['typescript', 'const a = "say ', 'string'],
    ['typescript', 'const a = "say" + ', 'code'],
    ['typescript', "const a = 'it\\'s ", 'string'],
    ['typescript', 'const a = "http://', 'string'],
    ['typescript', 'const a = "never closed\n', 'code'],
    ['typescript', 'const a = `one\ntwo ', 'string'],
    ['typescript', 'const a = `one $' + '{two', 'code'],
    ['typescript', 'const a = `one $' + '{two({})} ', 'string'],
    ['typescript', 'const a = `one` + ', 'code'],
    ['typescript', 'const a = "// ', 'string'],
    ['typescript', '// "\nconst a = ', 'code'],
    ['rust', "let c = '\"'; let x = ", 'code'],
    ['rust', "fn f<'a>(x: &'a str) { ", 'code'],
    ['go', 's := `raw\n', 'string'],
    ['java', '/* a */ int x; // ', 'comment'],
    ['json', '{ "name": "', 'string'],
    ['css', 'a { color: red; /* ', 'comment'],
    ['python', 'x = 1  # ', 'comment'],
    ['python', 'def f():\n    """Return ', 'string'],
    ['python', 'def f():\n    """Return."""\n    ', 'code'],
    ['python', "s = 'say ", 'string'],
    ['shellscript', 'echo $# ', 'code'],
    ['shellscript', '# install ', 'comment'],
    ['yaml', 'a: 1 # ', 'comment'],
    ['ruby', 'puts "hi ', 'string'],
    ['sql', 'select 1 -- ', 'comment'],
    ['sql', "select 'a ", 'string'],
    ['lua', '--[[ long\n', 'comment'],
    ['haskell', '{- old ', 'comment'],
    ['clojure', '; note ', 'comment'],
    ['powershell', '<# help\n', 'comment'],
    ['terraform', 'a = "b ', 'string'],
    ['html', '<p>Hello ', 'prose'],
    ['html', '<!-- old ', 'comment'],
    ['html', '<!-- old -->', 'prose'],
    ['html', '<a title="', 'string'],
    ['html', '<a ', 'code'],
    ['markdown', 'Some ', 'markdown'],
    ['markdown', '```ts\nconst ', 'code'],
    ['markdown', '```ts\nconst\n```\n', 'markdown'],
    ['plaintext', 'Some "', 'prose'],
    ['latex', 'Some ', 'prose'],
    ['no-such-language', '// ', 'prose'],
    ['scminput', 'Fix ', 'commit-subject'],
    ['git-commit', 'Fix it\n\nThe ', 'commit-body'],
  ])('%s %j is %s', (languageId, left, target) => {
    expect(targetAt({ languageId, left })).toBe(target);
  });

  test('tells something of any text, however long', () => {
    const id = fc.constantFrom('typescript', 'python', 'rust', 'html', 'markdown', 'lua');
    const part = fc.constantFrom(
      '`',
      '$' + '{',
      '}',
      '"',
      "'",
      '\\',
      '/*',
      '*/',
      '//',
      '\n',
      '#',
      '<',
      '--',
      'a',
    );
    fc.assert(
      fc.property(id, fc.array(part), (languageId, parts) => {
        expect(targetAt({ languageId, left: parts.join('') })).toBeTypeOf('string');
      }),
    );
    for (const text of ['`$' + '{', '"', '<!--', '/*', '```\n', "'"]) {
      expect(targetAt({ languageId: 'typescript', left: text.repeat(100_000) })).toBeTypeOf(
        'string',
      );
      expect(targetAt({ languageId: 'markdown', left: text.repeat(100_000) })).toBeTypeOf('string');
    }
  });
});
