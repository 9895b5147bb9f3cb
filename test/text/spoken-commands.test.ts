import { describe, expect, test } from 'vitest';
import { COMMAND_TABLES, type Does, type Row } from '../../src/text/command-tables.ts';
import { findSpokenCommand, simple } from '../../src/text/spoken-commands.ts';

describe('findSpokenCommand', () => {
  test.each([
    ['New line.', { kind: 'break', text: '\n' }],
    ['newline', { kind: 'break', text: '\n' }],
    [' NEW  PARAGRAPH! ', { kind: 'break', text: '\n\n' }],
    ['Scratch that…', { kind: 'scratch' }],
    ['stop dictation', { kind: 'stop' }],
    ['Keep listening.', { kind: 'keep-listening' }],
    ['Tab.', { kind: 'mark', mark: { text: '\t', side: 'exact' } }],
    ['Period.', { kind: 'mark', mark: { text: '.', side: 'closing' } }],
    ['Semi-colon', { kind: 'mark', mark: { text: ';', side: 'closing' } }],
    ['Open quote,', { kind: 'mark', mark: { text: '"', side: 'opening' } }],
    ['Cap.', { kind: 'first', first: 'large' }],
    ['No cap.', { kind: 'first', first: 'small' }],
    ['Snake case user name.', { kind: 'write', text: 'user_name' }],
    ['Snake case, user name.', { kind: 'write', text: 'user_name' }],
    ['camelCase delete widget', { kind: 'write', text: 'deleteWidget' }],
    ['Camel case: Don’t delete it.', { kind: 'write', text: 'dontDeleteIt' }],
    ['Pascal case delete widget', { kind: 'write', text: 'DeleteWidget' }],
    ['Kebab-case user service', { kind: 'write', text: 'user-service' }],
    ['Constant case max retries', { kind: 'write', text: 'MAX_RETRIES' }],
    ['All caps stop it.', { kind: 'write', text: 'STOP IT' }],
    ['No caps The End', { kind: 'write', text: 'the end' }],
    ['Literal new line.', { kind: 'write', text: 'new line' }],
    ['Literal The Cat, sat', { kind: 'write', text: 'The Cat, sat' }],
  ])('finds %j', (turn, command) => {
    expect(findSpokenCommand(turn)).toEqual(command);
  });

  test.each([
    ...['Begin a new line.', 'New line, then', 'scratch', '“Stop dictation.', '.', ''],
    ...[
      'The period was long.',
      'Periods.',
      'snake case',
      'Snake case.',
      'literal',
      'Literally so.',
    ],
    ...['I said snake case user name', 'toString', 'constructor', 'Camel rides.', 'neue Zeile'],
  ])('leaves %j as it is', (turn) => {
    expect(findSpokenCommand(turn)).toBeUndefined();
  });

  test.each([
    ['de', 'Neue Zeile.', { kind: 'break', text: '\n' }],
    ['de', 'Wörtlich neue Zeile', { kind: 'write', text: 'neue Zeile' }],
    ['de', 'Snake Case Größe ändern.', { kind: 'write', text: 'größe_ändern' }],
    ['fr', 'À la ligne.', { kind: 'break', text: '\n' }],
    ['fr', 'Continue d’écouter.', { kind: 'keep-listening' }],
    ['fr', 'Point-virgule', { kind: 'mark', mark: { text: ';', side: 'free' } }],
    ['es', 'Nueva línea.', { kind: 'break', text: '\n' }],
    ['es', '¿', undefined],
    ['es', 'Abrir interrogación', { kind: 'mark', mark: { text: '¿', side: 'opening' } }],
    ['multi', 'Nuevo párrafo', { kind: 'break', text: '\n\n' }],
    ['nl', 'new line', undefined],
    ['constructor', 'new line', undefined],
  ])('in %s finds %j', (language, turn, command) => {
    expect(findSpokenCommand(turn, [language])).toEqual(command);
  });

  test('understands every language that is spoken', () => {
    expect(findSpokenCommand('Neue Zeile.', ['en', 'de'])).toEqual({ kind: 'break', text: '\n' });
    expect(findSpokenCommand('New line.', ['en', 'de'])).toEqual({ kind: 'break', text: '\n' });
  });

  test('does not look at a long turn for long', () => {
    expect(findSpokenCommand(`literal ${'word '.repeat(100_000)}`)).toBeUndefined();
    expect(findSpokenCommand(`new${' '.repeat(100_000)}line`)).toBeUndefined();
  });
});

describe.each(Object.entries(COMMAND_TABLES))('the table for %s', (code, table) => {
  const phrases = table.flatMap(({ say }) => say);

  test('has every phrase once, as it is compared', () => {
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
    expect(phrases.filter((phrase) => phrase !== simple(phrase) || phrase === '')).toEqual([]);
  });

  test('does what it says, for each of its phrases', () => {
    for (const { say, does } of table) {
      for (const phrase of say) {
        const turn = does.kind === 'format' ? `${phrase} a b` : phrase;
        const expected = does.kind === 'format' ? { kind: 'write' } : does;
        expect(
          findSpokenCommand(`${turn[0]?.toUpperCase()}${turn.slice(1)}.`, [code]),
        ).toMatchObject(expected);
      }
    }
  });
});

const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
};

const MEANINGS: Readonly<Record<string, string>> = {
  '\n': 'begins a new line, a comment again as a comment',
  '\n\n': 'begins a new paragraph',
  '\t': 'a tab',
  large: 'the next phrase begins with a capital',
  small: 'the next phrase begins without one',
  camel: '`userName`',
  pascal: '`UserName`',
  snake: '`user_name`',
  kebab: '`user-name`',
  constant: '`USER_NAME`',
  'all-caps': '`USER NAME`',
  'no-caps': '`user name`',
  literal: 'the words themselves, whatever they would mean',
  scratch: 'takes the last phrase back, if it is still as it was typed',
  'keep-listening': 'puts the hang-up off',
  stop: 'ends the dictation',
};

function meaning(does: Does): string {
  switch (does.kind) {
    case 'break':
      return MEANINGS[does.text] ?? '';
    case 'mark':
      return MEANINGS[does.mark.text] ?? `\`${does.mark.text}\``;
    case 'first':
      return MEANINGS[does.first] ?? '';
    case 'format':
      return MEANINGS[does.style] ?? '';
    default:
      return MEANINGS[does.kind] ?? '';
  }
}

function cellsOf({ say, does }: Row): readonly [string, string] {
  const words = does.kind === 'format' ? ' _user name_' : '';
  return [say.map((phrase) => `${phrase}${words}`).join(', '), meaning(does)];
}

function tableOf(rows: readonly Row[]): string {
  const cells = [['Say', 'You get'] as const, ...rows.map(cellsOf)];
  const widths = [0, 1].map((column) =>
    Math.max(...cells.map((each) => each[column]?.length ?? 0)),
  );
  const lines = cells.map((each) => each.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return lines
    .toSpliced(1, 0, rule)
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

/** `npx vitest run -u` of this file writes the page anew. */
test('docs/spoken-commands.md lists what the tables hold', async () => {
  const tables = Object.entries(COMMAND_TABLES).map(
    ([code, table]) => `## ${LANGUAGES[code]}

${tableOf(table)}`,
  );
  const page = `# Spoken commands

A command is a phrase of its own, with a pause on either side; inside a sentence the words stay words. It is understood in the
languages you set, in English where you set none. \`lull.spokenCommands\` switches them on and off.

This list is made from the tables in \`src/text/command-tables.ts\`.

${tables.join('\n\n')}
`;
  await expect(page).toMatchFileSnapshot('../../docs/spoken-commands.md');
});
