import { largeLetter } from './joining/casing.ts';
import type { JoinTarget } from './joining/surroundings.ts';

/** How the words of a command are written. */
export type WordStyle =
  | 'camel'
  | 'pascal'
  | 'snake'
  | 'kebab'
  | 'constant'
  | 'all-caps'
  | 'no-caps'
  | 'literal';

/** A phrase with the names of a project in it. */
export interface Written {
  readonly text: string;
  /** The phrase as it was, where that differs: type it first, so that undoing once gives it. */
  readonly heard?: string;
}

export interface NamesInScope {
  /** `code` also inside a span of code in other texts: ask `targetWithin`. */
  readonly target: JoinTarget;
  /** Names of symbols in scope, the nearest first. */
  readonly symbols: readonly string[];
  /** Paths of the project's tracked files, from its root. */
  readonly files: readonly string[];
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const MOST_WORDS = 8;
/** Where one word of a name meets the next. */
const JOINTS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}\p{M}\p{N}]+/u;
const NAME = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/gu;
const JOINED = /\p{Ll}\p{Lu}|[\p{L}\p{N}]_[\p{L}\p{N}]|\p{Lu}{2}\p{Ll}/u;
/** Nothing a shell would obey, and no spaces. */
const PLAIN_PATH = /^[\p{L}\p{M}\p{N}_@./+-]+$/u;
const SEVERAL = '';
/** A symbol's words are said one by one; a file's may come as they are spelt. */
const GAPS = { symbol: /^[\s-]+$/u, file: /^(?:[\s._-]+|\s+dot\s+)$/iu } as const;
const MENTION = /(?<![\p{L}\p{N}])(?:at|@) ?file (?=[\p{L}\p{N}])/giu;

/** The words as `style` writes them; empty where there are none. */
export function formatWords(text: string, style: WordStyle): string {
  if (style === 'literal') return text;
  if (style === 'all-caps') return text.toUpperCase();
  if (style === 'no-caps') return text.toLowerCase();
  const words = text.toLowerCase().replaceAll(/['’]/gu, '').match(WORD) ?? [];
  switch (style) {
    case 'camel':
      return words.map((word, index) => (index === 0 ? word : capital(word))).join('');
    case 'pascal':
      return words.map(capital).join('');
    case 'snake':
      return words.join('_');
    case 'kebab':
      return words.join('-');
    case 'constant':
      return words.join('_').toUpperCase();
    default:
      return style satisfies never;
  }
}

/** The words a name is spoken with: `deleteWidget` is "delete widget", `HTTPServer` "http server". */
export function wordsOfName(name: string): readonly string[] {
  return name
    .split(JOINTS)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/**
 * Writes the names of symbols where code is written, and of files behind "at file" in chats and
 * terminals. Every word has to be that of the name; of two symbols the nearer is meant, of two
 * files neither.
 */
export function writeNames(phrase: string, { target, symbols, files }: NamesInScope): Written {
  let text = phrase;
  if (target === 'chat' || target === 'terminal') text = mentionFiles(phrase, files);
  if (target === 'code') text = nameSymbols(phrase, symbols);
  return text === phrase ? { text } : { text, heard: phrase };
}

/**
 * Names of several words in a text, the nearest to `at` first: what a file speaks of is in scope in
 * it, imported or declared.
 */
export function namesNear(text: string, at: number): readonly string[] {
  const distances = new Map<string, number>();
  for (const { 0: name, index } of text.matchAll(NAME)) {
    if (!JOINED.test(name)) continue;
    const distance = Math.abs(index - at);
    distances.set(name, Math.min(distance, distances.get(name) ?? distance));
  }
  return [...distances].sort(([, one], [, other]) => one - other).map(([name]) => name);
}

function nameSymbols(phrase: string, symbols: readonly string[]): string {
  const names = new Map<string, string>();
  for (const symbol of symbols) {
    const words = wordsOfName(symbol);
    // One word is as likely meant as the word it is.
    if (words.length < 2 || words.length > MOST_WORDS) continue;
    const key = words.join(' ');
    if (!names.has(key)) names.set(key, symbol);
  }
  if (names.size === 0) return phrase;

  const spoken = [...phrase.matchAll(WORD)];
  let text = '';
  let end = 0;
  for (let index = 0; index < spoken.length; index += 1) {
    const found = longest(spoken.slice(index, index + MOST_WORDS), names, GAPS.symbol);
    const at = spoken[index]?.index ?? 0;
    if (found === undefined) continue;
    text += `${phrase.slice(end, at)}${found.value}`;
    end = found.end;
    index += found.count - 1;
  }
  return text + phrase.slice(end);
}

function mentionFiles(phrase: string, files: readonly string[]): string {
  if (phrase.search(MENTION) === -1) return phrase;
  const paths = new Map<string, string>();
  for (const path of files.filter((each) => PLAIN_PATH.test(each))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const [, stem = name, ending] = /^(.+)\.([^.]+)$/u.exec(name) ?? [];
    const words = wordsOfName(stem);
    for (const key of [words, ending === undefined ? [] : [...words, ending.toLowerCase()]]) {
      if (key.length === 0) continue;
      const spoken = key.join(' ');
      paths.set(spoken, paths.has(spoken) ? SEVERAL : path);
    }
  }
  const spoken = [...phrase.matchAll(WORD)].filter(([word]) => word.toLowerCase() !== 'dot');
  let text = '';
  let end = 0;
  for (const lead of phrase.matchAll(MENTION)) {
    if (lead.index < end) continue;
    const start = lead.index + lead[0].length;
    const words = spoken.filter(({ index }) => index >= start);
    const found = longest(words, paths, GAPS.file);
    if (found === undefined || found.value === SEVERAL) continue;
    text += `${phrase.slice(end, lead.index)}@${found.value}`;
    end = found.end;
  }
  return text + phrase.slice(end);
}

interface Found {
  readonly value: string;
  readonly count: number;
  /** Where its last word ends. */
  readonly end: number;
}

/** The longest row of words from the first on that is a key, with nothing but `gap` in between. */
function longest(
  words: readonly RegExpExecArray[],
  values: ReadonlyMap<string, string>,
  gap: RegExp,
): Found | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  const said: string[] = [];
  let found: Found | undefined;
  let end = first.index;
  for (const word of words.slice(0, MOST_WORDS)) {
    const between = first.input.slice(end, word.index);
    if (said.length > 0 && !gap.test(between)) break;
    said.push(word[0].toLowerCase());
    end = word.index + word[0].length;
    const value = values.get(said.join(' '));
    if (value !== undefined) found = { value, count: said.length, end };
  }
  return found;
}

function capital(word: string): string {
  const [first = ''] = word;
  return `${largeLetter(first)}${word.slice(first.length)}`;
}
