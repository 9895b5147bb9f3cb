import type { LineProblem } from './keyterms/keyterms-file.ts';

/** What to write for what is heard. */
export type Replacements = readonly (readonly [spoken: string, written: string])[];

export interface ReplacementsFile {
  readonly replacements: Replacements;
  readonly problems: readonly LineProblem[];
}

/** More are no dictionary but an accident, and one pattern of them all would not fit. */
const MOST = 1_000;
const LONGEST_SPOKEN = 100;
const LONGEST_WRITTEN = 1_000;
const MOST_PROBLEMS = 10;

/** Letters, their accents, digits and the joints of identifiers: what makes a word go on. */
const IN_WORD = '[\\p{L}\\p{M}\\p{N}_]';

/**
 * Replaces whole words, whatever their case, the longest wherever several begin. One pass over the
 * text, so what was written is never taken for something heard.
 */
export function createReplacer(replacements: Replacements): (heard: string) => string {
  const rules = replacements
    .map(([spoken, written]) => ({ words: wordsOf(spoken), written }))
    .filter(({ words }) => words.length > 0 && words.join(' ').length <= LONGEST_SPOKEN)
    .slice(0, MOST)
    .sort((one, other) => other.words.join(' ').length - one.words.join(' ').length);
  if (rules.length === 0) return (heard) => heard;

  // A group for each rule tells which one matched, better than comparing cases again could.
  const choices = rules.map(({ words }) => `(${words.map(escaped).join('\\s+')})`).join('|');
  const pattern = new RegExp(`(?<!${IN_WORD})(?:${choices})(?!${IN_WORD})`, 'giu');
  return (heard) =>
    heard.replace(pattern, (match: string, ...groups: readonly unknown[]) => {
      const rule = rules[groups.indexOf(match)];
      return rule?.written ?? match;
    });
}

/** Reads a file of replacements: `spoken => written` on each line, `#` before a remark. A line that is none is named. */
export function parseReplacements(text: string): ReplacementsFile {
  const replacements: (readonly [string, string])[] = [];
  const problems: LineProblem[] = [];
  const known = new Set<string>();
  for (const [index, raw] of text
    .replace(/^\ufeff/u, '')
    .split(/\r\n|[\n\r]/u)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=>');
    const spoken = wordsOf(line.slice(0, Math.max(0, at))).join(' ');
    const written = line.slice(at + 2).trim();
    const message = problemWith({ at, spoken, written, known, count: replacements.length });
    if (message !== undefined) {
      problems.push({ line: index + 1, message });
      continue;
    }
    known.add(spoken.toLowerCase());
    replacements.push([spoken, written]);
  }
  return { replacements, problems: problems.slice(0, MOST_PROBLEMS) };
}

interface Line {
  readonly at: number;
  readonly spoken: string;
  readonly written: string;
  readonly known: ReadonlySet<string>;
  readonly count: number;
}

function problemWith({ at, spoken, written, known, count }: Line): string | undefined {
  if (at === -1) return 'There is no "=>"; write "what is heard => what is written"';
  if (spoken === '') return 'Nothing stands before "=>"; write what is heard there';
  if (/\p{Cc}/u.test(spoken + written)) return 'The line holds a control character; write it anew';
  if (spoken.length > LONGEST_SPOKEN || written.length > LONGEST_WRITTEN) {
    return `At most ${LONGEST_SPOKEN} characters may stand before "=>" and ${LONGEST_WRITTEN} after it; shorten the line`;
  }
  if (known.has(spoken.toLowerCase())) return 'This is replaced by a line above; keep one of them';
  if (count >= MOST) return `A file has at most ${MOST} replacements; this one is left out`;
  return undefined;
}

function wordsOf(spoken: string): readonly string[] {
  return spoken.split(/\s+/u).filter((word) => word !== '');
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
