import { LONGEST_KEYTERM, MOST_KEYTERMS } from '../../core/index.ts';
import { wordsOfName } from '../written-names.ts';
import type { DeclaredName } from './declarations.ts';
import { isSecretWord, isSurelyWord } from './secrets.ts';

/** What a project shows of its vocabulary. */
export interface Vocabulary {
  /** Of its code: from the editor's symbols, or from `declaredNames`. The same name may come again. */
  readonly symbols: readonly DeclaredName[];
  /** Of packages, from manifests. */
  readonly packages?: readonly string[];
  readonly branch?: string;
}

interface Candidate {
  readonly words: readonly string[];
  uses: number;
}

const SHORTEST = 4;
const MOST_WORDS = 5;
const LONGEST_WORD = 20;
/** More names than this are not weighed; a project of that size has said what it is about. */
const MOST_NAMES = 50_000;

/** Every recogniser knows these, so a name of nothing else is not worth a place. */
const PLAIN = new Set(
  `a an the to of is in on at by for from with as or and no not id ok up new old max min all any get
  set has can add run put use let log key map end top out off do go it if be my we us me so
  file name user list item text line word time date code data type value index count size path url
  test tests case node next last first start stop open close read write send make take find show hide
  left right before after change changed update create delete remove clear reset check parse format
  state event error message reason result option options setting settings default true false none
  number string object array function class method field table row column page view window button
  main app util utils helper helpers common base core lib src server client service request response
  input output source target parent child children self other one two three sum total average
  print load save copy move wait call apply handle handler handles on ms init done is are was were
  that this what when where who how why than then there here more most less least only own same
  each every some many few both either such into over under between through during about against`.split(
    /\s+/u,
  ),
);

/**
 * Keyterms that fit beside `own`, best first: names as they are spoken, those that are used much
 * and made of rare words before the others. A word is offered only where chance cannot have made
 * it: it is plain, or stands in two names, or is spelt as hardly any random letters are. That
 * costs some names and keeps secrets at home.
 */
export function harvestKeyterms(
  own: readonly string[],
  { symbols, packages = [], branch = '' }: Vocabulary,
): readonly string[] {
  const uses = new Map<string, number>();
  const add = (name: string, count: number) => uses.set(name, (uses.get(name) ?? 0) + count);
  for (const each of symbols.slice(0, MOST_NAMES)) add(each.name, each.uses);
  for (const name of packages.slice(0, MOST_NAMES)) add(name.slice(name.indexOf('/') + 1), 2);
  for (const part of branch.slice(0, 200).split('/')) add(part, 4);

  const candidates = new Map<string, Candidate>();
  const namesWith = new Map<string, number>();
  for (const [name, count] of uses) {
    const words = spokenWords(name);
    const spoken = words.join(' ');
    const known = candidates.get(spoken);
    if (known === undefined) candidates.set(spoken, { words, uses: count });
    else known.uses += count;
    for (const word of new Set(words)) namesWith.set(word, (namesWith.get(word) ?? 0) + 1);
  }

  const isSafe = ({ words }: Candidate) => {
    const guarded = words.some(isSecretWord);
    return words.every((word) => {
      if (PLAIN.has(word) || isSecretWord(word)) return true;
      return (namesWith.get(word) ?? 0) > 1 || (!guarded && isSurelyWord(word));
    });
  };
  const known = new Set(own.map((term) => term.toLowerCase()));
  return [...candidates]
    .filter(([spoken, each]) => isFit(spoken, each.words) && !known.has(spoken) && isSafe(each))
    .map(([spoken, each]) => ({ spoken, score: scoreOf(each) }))
    .sort((one, other) => other.score - one.score || (one.spoken < other.spoken ? -1 : 1))
    .map(({ spoken }) => spoken)
    .slice(0, Math.max(0, MOST_KEYTERMS - own.length));
}

/** The words of a name, none where nobody could say it. */
function spokenWords(name: string): readonly string[] {
  if (name.length > LONGEST_KEYTERM) return [];
  const words = wordsOfName(name);
  const isSayable =
    words.length <= MOST_WORDS &&
    words.every((word) => /^[\p{L}\p{M}]+$/u.test(word) && word.length <= LONGEST_WORD);
  return isSayable ? words : [];
}

function isFit(spoken: string, words: readonly string[]): boolean {
  const { length } = [...spoken];
  if (length < SHORTEST || length > LONGEST_KEYTERM) return false;
  return words.some(
    (word) => word.length >= SHORTEST - 1 && !PLAIN.has(word) && !isSecretWord(word),
  );
}

function scoreOf({ words, uses }: Candidate): number {
  const rare = words.filter((word) => !PLAIN.has(word)).length / words.length;
  // Of names of one word, most are words that need no help.
  return Math.log2(2 + uses) * rare * (words.length === 1 ? 0.4 : 1);
}
