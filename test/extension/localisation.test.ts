import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Texts = Readonly<Record<string, string>>;

const read = (path: string): Texts => JSON.parse(readFileSync(path, 'utf8'));

/** Equal in both languages. */
const SAME = /^(\$\(|\{\d\}|[^a-zA-Z]*$)/;

/**
 * Shown in English to everybody: errors and warnings, which can be searched for and are the same as
 * on the command line, and the log. See docs/accessibility.md.
 */
const ENGLISH = new Set([
  ...['budget', 'service', 'token'].map((name) => `dictation/${name}.ts`),
  ...['key-store', 'local-engine', 'settings'].map((name) => `settings/${name}.ts`),
  ...['failure', 'log'].map((name) => `window/${name}.ts`),
]);

describe.each([
  ['package.nls.json', 'package.nls.de.json'],
  ['l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'],
])('%s', (path, germanPath) => {
  const english = read(path);
  const german = read(germanPath);

  test('has every text in German, and no other', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  test('has no text that somebody forgot to translate', () => {
    const untranslated = Object.keys(english).filter(
      (key) => german[key] === english[key] && !SAME.test(english[key] ?? ''),
    );
    expect(untranslated).toEqual([]);
  });

  test('keeps what is filled in, what is clicked and what is typed as it stands', () => {
    const fixed = (text = '') =>
      (
        text.match(/\{\d+\}|\]\(command:[^)]+\)|\$\([\w-]+\)|lull\.\w+|lull serve|`\d+`/g) ?? []
      ).toSorted();
    const changed = Object.keys(english).filter(
      (key) => String(fixed(german[key])) !== String(fixed(english[key])),
    );
    expect(changed).toEqual([]);
  });
});

test('a command is called in German texts as the Command Palette calls it', () => {
  const names = Object.values(read('package.nls.de.json'));
  const texts = Object.values(read('l10n/bundle.l10n.de.json')).join('\n');
  const called = [...texts.matchAll(/„Lull: ([^“]+)“/g)].map(([, name = '']) => name);
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
});

test('no sentence of the extension is shown past the translations', () => {
  const files = readdirSync('src/extension', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !ENGLISH.has(path));
  const sentences = files.flatMap((path) => {
    const shown = readFileSync(`src/extension/${path}`, 'utf8')
      .replace(/^\s*(\/\/|\/?\*).*$/gm, '')
      .replace(/\blog\.\w+\([^;]*;/g, '')
      .replace(/l10n\.t\(\s*(?:'(?:[^'\\]|\\.)*'|"[^"]*")/g, '');
    const texts = shown.match(/'(?:[^'\\\n]|\\.)*'|"[^"\n]*"|`(?:[^`\\]|\\.)*`/g) ?? [];
    return texts
      .map((text) => text.replace(/\$\{[^}]*\}/g, '…'))
      .filter((text) => /[A-Za-z]{2,} [a-z]{2,}/.test(text))
      .map((text) => `${path}: ${text}`);
  });
  expect(sentences).toEqual([
    // Begins a sentence of the core.
    "commands/api-key.ts: 'That key'",
    // A style of CSS.
    "typing/ghost-text.ts: '1px dashed'",
  ]);
});
