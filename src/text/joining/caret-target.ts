import type { JoinTarget } from './surroundings.ts';

/** A caret in a document of which only the text is known. */
export interface Caret {
  /** As VS Code names it. */
  readonly languageId: string;
  /** The text before the caret; from the start of the document, or long strings are not seen. */
  readonly left: string;
}

/** How a language writes what is not code. A mark that ends nowhere runs to the end of its line. */
interface Syntax {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Of one line; longer ones of several lines come first. */
  readonly quotes: readonly string[];
  readonly long: readonly string[];
}

const C: Syntax = { line: ['//'], block: [['/*', '*/']], quotes: ['"'], long: [] };
const SCRIPT: Syntax = { ...C, quotes: ['"', "'"], long: ['`'] };
const HASH: Syntax = { line: ['#'], block: [], quotes: ['"', "'"], long: [] };
const DASH: Syntax = { line: ['--'], block: [['/*', '*/']], quotes: ['"', "'"], long: [] };

const SYNTAXES: ReadonlyMap<string, Syntax> = new Map([
  ...named('typescript typescriptreact javascript javascriptreact php dart groovy', SCRIPT),
  ...named('c cpp objective-c objective-cpp csharp java kotlin scala swift rust zig glsl', C),
  ...named('json jsonc json5 solidity proto proto3 cuda-cpp', C),
  ...named('go', { ...C, long: ['`'] }),
  ...named('css', { ...SCRIPT, line: [], long: [] }),
  ...named('scss less', { ...SCRIPT, long: [] }),
  ...named('python', { ...HASH, long: ['"""', "'''"] }),
  ...named('toml', { ...HASH, long: ['"""', "'''"] }),
  ...named('elixir julia', { ...HASH, quotes: ['"'], long: ['"""'] }),
  ...named('ruby perl r shellscript yaml dockerfile makefile coffeescript nix', HASH),
  ...named('powershell', { ...HASH, block: [['<#', '#>']] }),
  ...named('terraform hcl', { ...HASH, line: ['#', '//'], block: [['/*', '*/']], quotes: ['"'] }),
  ...named('sql plsql vhdl ada', DASH),
  ...named('lua', { ...DASH, block: [['--[[', ']]']] }),
  ...named('haskell elm purescript', { ...DASH, block: [['{-', '-}']], quotes: ['"'] }),
  ...named('clojure lisp scheme racket asm', { ...C, line: [';'], block: [] }),
  ...named('matlab erlang prolog', { ...HASH, line: ['%'], quotes: ['"'] }),
  ...named('ini properties', { ...HASH, line: [';', '#'], quotes: [] }),
]);
const MARKUP = new Set(['html', 'xml', 'xsl', 'vue', 'svelte', 'handlebars', 'razor']);
const COMMITS = new Set(['git-commit', 'scminput']);

type Place =
  | { readonly kind: 'code' }
  | { readonly kind: 'comment' | 'string'; readonly close: string }
  /** Code within a string, as in `${…}`. */
  | { readonly kind: 'within'; depth: number };

/**
 * What is written at the caret, told from the text alone. It knows comments and strings, not
 * grammars: a quote in a regular expression misleads it to the end of that line, and a script
 * inside a page is text to it. Where an editor has tokens, ask those.
 */
export function targetAt({ languageId, left }: Caret): JoinTarget {
  if (languageId === 'markdown' || languageId === 'mdx') return inMarkdown(left);
  if (COMMITS.has(languageId))
    return left.trimStart().includes('\n') ? 'commit-body' : 'commit-subject';
  if (MARKUP.has(languageId)) return inMarkup(left);
  const syntax = SYNTAXES.get(languageId);
  if (syntax === undefined) return 'prose';
  const { kind } = placeAfter(left, syntax);
  return kind === 'within' ? 'code' : kind;
}

function placeAfter(text: string, syntax: Syntax): Place {
  const stack: Place[] = [];
  let place: Place = { kind: 'code' };
  for (let index = 0; index < text.length; ) {
    if (place.kind === 'code' || place.kind === 'within') {
      const [entered, width] = enter(text, index, syntax);
      if (entered !== undefined) {
        stack.push(place);
        place = entered;
      } else if (place.kind === 'within') {
        if (text[index] === '{') place.depth += 1;
        if (text[index] === '}') place.depth -= 1;
        if (place.depth === 0) place = stack.pop() ?? { kind: 'code' };
      }
      index += width;
    } else if (text.startsWith(place.close, index)) {
      index += place.close.length;
      place = stack.pop() ?? { kind: 'code' };
    } else if (place.kind === 'string' && text[index] === '\\') {
      index += 2;
    } else if (text[index] === '\n' && syntax.quotes.includes(place.close)) {
      place = stack.pop() ?? { kind: 'code' };
      index += 1;
    } else if (place.close === '`' && text.startsWith('${', index) && syntax === SCRIPT) {
      stack.push(place);
      place = { kind: 'within', depth: 1 };
      index += 2;
    } else {
      index += 1;
    }
  }
  return place;
}

/** What begins at `index`, and how many letters to go on by. */
function enter(text: string, index: number, syntax: Syntax): [Place | undefined, number] {
  for (const [open, close] of syntax.block) {
    if (text.startsWith(open, index)) return [{ kind: 'comment', close }, open.length];
  }
  for (const mark of syntax.line) {
    // A shell's "$#" and an address's "//" are no comments.
    const before = text[index - 1] ?? '\n';
    const isFree = mark === '#' ? /\s/u.test(before) : before !== ':';
    if (isFree && text.startsWith(mark, index)) {
      return [{ kind: 'comment', close: '\n' }, mark.length];
    }
  }
  for (const close of [...syntax.long, ...syntax.quotes]) {
    if (text.startsWith(close, index)) return [{ kind: 'string', close }, close.length];
  }
  // One letter in quotes, where quotes are not for strings: it may be a quote itself.
  const letter = /^'(?:\\.|[^'\\\n])'/su.exec(text.slice(index, index + 4))?.[0];
  return [undefined, letter?.length ?? 1];
}

function inMarkdown(left: string): JoinTarget {
  const fences = left.match(/^ {0,3}(?:```|~~~)/gmu) ?? [];
  return fences.length % 2 === 1 ? 'code' : 'markdown';
}

function inMarkup(left: string): JoinTarget {
  if (left.lastIndexOf('<!--') > left.lastIndexOf('-->')) return 'comment';
  const tag = left.slice(left.lastIndexOf('<') + 1);
  if (!left.includes('<') || tag.includes('>')) return 'prose';
  return (tag.match(/"/gu) ?? []).length % 2 === 1 ? 'string' : 'code';
}

function named(ids: string, syntax: Syntax): readonly (readonly [string, Syntax])[] {
  return ids.split(' ').map((id) => [id, syntax] as const);
}
