import { LONGEST_KEYTERM, MOST_KEYTERMS } from '../options.ts';

/** What a workspace shows of its vocabulary. */
export interface Vocabulary {
  readonly texts: readonly string[];
  /** Of packages; taken whole. */
  readonly names: readonly string[];
}

const SHORTEST = 3;
/** No word of a name is so long; a key without digits is. */
const LONGEST_PART = 20;
/** Keys are long, and random letters change their case after two or three. */
const LONG = 12;
const LEAST_AVERAGE = { short: 3, long: 4 } as const;
/** Of all characters, how many may be digits. */
const MOST_DIGITS = 1 / 3;

const IDENTIFIER = /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{N}_]*[\p{L}\p{N}]/gu;
const PACKAGE = /^[\p{L}\p{N}_@/.-]+$/u;
/** Where one word of an identifier meets the next: the sign of a name that no dictionary has. */
const JOINT = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|[\p{L}\p{N}]_\p{L}/u;
const PARTS = /\p{N}+|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{Lu}+/gu;

/**
 * Keyterms that fit beside `own`, most frequent first. Plain words are left out, for the recogniser
 * knows them; so is all that might be a secret, at the price of some names.
 */
export function harvestKeyterms(
  own: readonly string[],
  { texts, names }: Vocabulary,
): readonly string[] {
  const counts = new Map<string, number>();
  const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const text of texts) {
    for (const [term] of text.matchAll(IDENTIFIER)) {
      if (JOINT.test(term)) count(term);
    }
  }
  for (const name of names) {
    if (PACKAGE.test(name)) count(name);
  }

  const known = new Set(own);
  return [...counts]
    .filter(([term]) => !known.has(term) && isFit(term))
    .sort(([one, often], [other, oftener]) => oftener - often || (one < other ? -1 : 1))
    .map(([term]) => term)
    .slice(0, Math.max(0, MOST_KEYTERMS - own.length));
}

function isFit(term: string): boolean {
  const { length } = [...term];
  return length >= SHORTEST && length <= LONGEST_KEYTERM && !looksSecret(term);
}

function looksSecret(term: string): boolean {
  const parts = term.match(PARTS) ?? [];
  const numbers = parts.filter((part) => /\p{N}/u.test(part));
  if (numbers.length > 1 || numbers.join('').length > term.length * MOST_DIGITS) return true;
  if (parts.some((part) => part.length > LONGEST_PART)) return true;
  const least = term.length < LONG ? LEAST_AVERAGE.short : LEAST_AVERAGE.long;
  return parts.join('').length < parts.length * least;
}
