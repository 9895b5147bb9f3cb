/** A file of a project. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** As VS Code names it, where a path alone does not tell. */
  readonly languageId?: string;
}

/** A name a file declares, and how often its code has it. */
export interface DeclaredName {
  readonly name: string;
  readonly uses: number;
}

/** A file is not read further: what names a project has is seen sooner. */
const MOST_CHARACTERS = 200_000;
/** A string or a block that is never closed runs to the end, so that none is searched for twice. */
const QUOTED =
  '"(?:\\\\[^]|[^"\\\\\\n])*(?:"|$|(?=\\n))|\'(?:\\\\[^]|[^\'\\\\\\n])*(?:\'|$|(?=\\n))';
const SLASHED = new RegExp(
  `/\\*[^]*?(?:\\*/|$)|//[^\\n]*|\`(?:\\\\[^]|[^\`\\\\])*(?:\`|$)|"""[^]*?(?:"""|$)|${QUOTED}`,
  'g',
);
const HASHED = new RegExp(`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|#[^\\n]*|${QUOTED}`, 'g');
const DASHED = new RegExp(
  `--\\[\\[[^]*?(?:\\]\\]|$)|\\{-[^]*?(?:-\\}|$)|--[^\\n]*|/\\*[^]*?(?:\\*/|$)|${QUOTED}`,
  'g',
);

/** Formats of data are not here: in them every word may be a value. */
const NOT_CODE: ReadonlyMap<string, RegExp> = new Map([
  ...endings('ts tsx mts cts js jsx mjs cjs java c h cc cpp cxx hpp hh cs go rs swift', SLASHED),
  ...endings('kt kts scala dart php groovy m mm zig sol proto vue svelte', SLASHED),
  ...endings('py pyi rb sh bash zsh pl pm r jl ex exs nim cr', HASHED),
  ...endings('sql lua hs elm', DASHED),
  // The names of VS Code that are not endings too.
  ...endings('typescript typescriptreact javascript javascriptreact csharp rust kotlin', SLASHED),
  ...endings('objective-c objective-cpp solidity', SLASHED),
  ...endings('python ruby shellscript perl julia elixir', HASHED),
  ...endings('haskell', DASHED),
]);

const DECLARING = new Set(
  `function class interface type enum const let var val def fn func fun struct trait record protocol
  module namespace object mod static message service table view defmodule`.split(/\s+/u),
);
/** Stand before the name of a method or a field. */
const MODIFIERS = new Set(
  'public private protected internal static async override readonly final abstract get set'.split(
    ' ',
  ),
);
/** Look like a method that is declared, and are none. */
const KEYWORDS = new Set(
  `if for while switch catch return new await else do try with function default case export import
  extends implements this super constructor`.split(/\s+/u),
);
const PRIMITIVES = new Set('void bool int long float double char string auto unsigned'.split(' '));
const LINE_START = /\n[ \t]*[#*]?$/u;
/** What follows a method's name or a field's. */
const METHOD_OR_FIELD = /\s*\([^()\n]{0,200}\)\s*(?::[^\n{]{1,80})?\{|\??:\s/uy;
/** The star of a generator. */
const BETWEEN = /^\*?\s+$/u;
/** What a method of Go is of. */
const RECEIVER = /\s+\([^()\n]{0,80}\)(?=\s*[\p{L}_])/uy;
const SHORTEST = 3;
const LONGEST = 50;

/** Whether the path is that of a file of code, whose names can be told. */
export function isSourceFile(path: string): boolean {
  return NOT_CODE.has(endingOf(path));
}

/** The names a file of code declares; never out of its comments and strings, nor out of files of data. */
export function declaredNames({ path, text, languageId }: SourceFile): readonly DeclaredName[] {
  const notCode = NOT_CODE.get(languageId ?? '') ?? NOT_CODE.get(endingOf(path));
  if (notCode === undefined) return [];
  const code = text.slice(0, MOST_CHARACTERS).replace(notCode, ' ');

  const uses = new Map<string, number>();
  const declared = new Set<string>();
  let before = '';
  let end = 0;
  /** Nothing but modifiers since the line began. */
  let starts = true;
  for (let index = 0; index < code.length; index += 1) {
    if (!isWordSign(code.charCodeAt(index))) continue;
    const start = index;
    while (isWordSign(code.charCodeAt(index + 1))) index += 1;
    const name = code.slice(start, index + 1);
    const gap = code.slice(end, start);
    starts = gap.includes('\n') ? LINE_START.test(gap) : starts && gap.trim() === '';
    end = index + 1;
    if (
      name.length >= SHORTEST &&
      name.length <= LONGEST &&
      !KEYWORDS.has(name) &&
      !PRIMITIVES.has(name)
    ) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
      const isDeclared =
        (DECLARING.has(before) && BETWEEN.test(gap)) || (starts && isMethodOrField(code, end));
      if (isDeclared) declared.add(name);
    }
    starts &&= MODIFIERS.has(name) || isType(name);
    before = name;
    if (name === 'func') {
      RECEIVER.lastIndex = end;
      end += RECEIVER.exec(code)?.[0].length ?? 0;
      index = end - 1;
    }
  }
  return [...declared].map((name) => ({ name, uses: uses.get(name) ?? 0 }));
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

/** Letters, digits, `_` and `$`; beyond ASCII everything, which is told apart where a name is offered. */
function isWordSign(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function isMethodOrField(code: string, end: number): boolean {
  METHOD_OR_FIELD.lastIndex = end;
  return METHOD_OR_FIELD.test(code);
}

/** Some languages begin a function with what it gives. */
function isType(name: string): boolean {
  return PRIMITIVES.has(name) || /^[A-Z]\w+$/u.test(name);
}

function endings(list: string, notCode: RegExp): readonly (readonly [string, RegExp])[] {
  return list.split(' ').map((ending) => [ending, notCode] as const);
}
