/** Eight at a time where it can: the compiler counts the steps. */
type TrimEnd<Text extends string> = Text extends `${infer Rest}        `
  ? TrimEnd<Rest>
  : Text extends `${infer Rest} `
    ? TrimEnd<Rest>
    : Text;
type Trim<Text extends string> = Text extends ` ${infer Rest}` ? TrimEnd<Rest> : TrimEnd<Text>;
type Columns<Header extends string> = Header extends `${infer Column}|${infer Rest}`
  ? Trim<Column> | Columns<Rest>
  : Trim<Header>;

/**
 * A table as a reader checks it: one row a line, cells parted by bars, in the columns of the header.
 * A line without a bar is a heading of the rows below it.
 */
export function readTable<const Header extends string>(
  header: Header,
  text: string,
): readonly Record<Columns<Header>, string>[] {
  const columns = cellsOf(header);
  const lines = text.split('\n').filter((line) => line.includes('|'));
  return lines.map((line) => {
    const cells = cellsOf(line);
    if (cells.length !== columns.length) {
      throw new Error(`${cells.length} cells instead of ${columns.length}: ${line}`);
    }
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]])) as Record<
      Columns<Header>,
      string
    >;
  });
}

/** The parts of a cell that says several things. */
export function partsOf(cell: string): readonly string[] {
  return cell
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What a word of the table stands for; a word that is misspelt stands for nothing. */
export function lookUp<Meaning>(words: Readonly<Record<string, Meaning>>, word: string): Meaning {
  const meaning = Object.hasOwn(words, word) ? words[word] : undefined;
  if (meaning === undefined) throw new Error(`"${word}" is no word of this table`);
  return meaning;
}

function cellsOf(line: string): readonly string[] {
  return line.split('|').map((cell) => cell.trim());
}
