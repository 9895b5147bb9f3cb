import { COMMAND_TABLES, type Does, type Row, type SpokenCommand } from './command-tables.ts';
import { formatWords } from './written-names.ts';

/** Longer phrases are none, and are not looked at. */
const LONGEST = 500;

/**
 * The command a finished turn is, if it is nothing else: inside a sentence the words stay words.
 * Understood in the languages that are spoken, English where none is given.
 */
export function findSpokenCommand(
  turn: string,
  languages: readonly string[] = [],
): SpokenCommand | undefined {
  if (turn.length > LONGEST) return undefined;
  const said = turn.replace(/[\p{P}\s]+$/u, '').trim();
  const spoken = simple(said);
  for (const { say, does } of rowsFor(languages)) {
    const command = say.includes(spoken) ? alone(does) : withWords(say, does, said);
    if (command !== undefined) return command;
  }
  return undefined;
}

/** As the tables spell it: small, no hyphens, one kind of apostrophe and of space. */
export function simple(words: string): string {
  return words
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[\s-]+/gu, ' ');
}

function rowsFor(languages: readonly string[]): readonly Row[] {
  const chosen = languages.includes('multi') ? Object.keys(COMMAND_TABLES) : languages;
  return (chosen.length === 0 ? ['en'] : chosen).flatMap((code) =>
    Object.hasOwn(COMMAND_TABLES, code) ? (COMMAND_TABLES[code] ?? []) : [],
  );
}

function alone(does: Does): SpokenCommand | undefined {
  return does.kind === 'format' ? undefined : does;
}

function withWords(say: readonly string[], does: Does, said: string): SpokenCommand | undefined {
  if (does.kind !== 'format') return undefined;
  const spoken = simple(said);
  const name = say.find((each) => new RegExp(`^${each}[,:]? \\S`, 'u').test(spoken));
  if (name === undefined) return undefined;
  const words = said.slice(name.length).replace(/^[,:]?\s+/u, '');
  const text = formatWords(words, does.style);
  return text === '' ? undefined : { kind: 'write', text };
}
