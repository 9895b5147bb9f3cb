/** What to write for what is heard. */
export type Replacements = readonly (readonly [spoken: string, written: string])[];

/** Letters, their accents, digits and the joints of identifiers: what makes a word go on. */
const IN_WORD = '[\\p{L}\\p{M}\\p{N}_]';

/**
 * Replaces whole words, whatever their case, the longest wherever several begin. One pass over the
 * text, so what was written is never taken for something heard.
 */
export function createReplacer(replacements: Replacements): (heard: string) => string {
  const rules = replacements
    .map(([spoken, written]) => ({ words: wordsOf(spoken), written }))
    .filter(({ words }) => words.length > 0)
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

function wordsOf(spoken: string): readonly string[] {
  return spoken.split(/\s+/u).filter((word) => word !== '');
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
