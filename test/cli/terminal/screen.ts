import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();
// What the view writes: cursor up, erase a row, carriage return, line feed, text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal reads control characters.
const ESCAPES = /\u001b\[(\d*)A|\u001b\[(2?K)|\r|\n|[^\u001b\r\n]+/g;

/**
 * A terminal as the view meets it: it wraps what is too wide, keeps what scrolls off, and on a
 * resize wraps its lines anew, as terminals of the last ten years do.
 */
export class Screen {
  columns: number;
  rows: number;
  /** Lines as they were ended by a line feed; a line may take several rows. */
  #lines: string[][] = [[]];
  /** The cursor as a line, and a place among its characters. */
  #line = 0;
  #place = 0;

  constructor(columns: number, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    for (const [part, up, row] of text.matchAll(ESCAPES)) {
      if (up !== undefined) this.#up(Number(up));
      else if (row !== undefined) this.#eraseRow();
      else if (part === '\r') this.#place = this.#rowStart();
      else if (part === '\n') this.#feed();
      else this.#print(part);
    }
    return true;
  }

  /** What can be read from top to bottom, a line broken by the terminal counting as one. */
  get text(): string {
    const lines = this.#lines.map((line) => line.join('').trimEnd());
    while (lines.length > this.#line + 1 && lines.at(-1) === '') lines.pop();
    return lines.join('\n');
  }

  #print(text: string): void {
    const line = this.#current();
    for (const { segment } of graphemes.segment(text)) line[this.#place++] = segment;
  }

  #feed(): void {
    this.#line += 1;
    this.#lines[this.#line] ??= [];
    this.#place = 0;
  }

  #up(rows: number): void {
    for (let row = 0; row < rows; row += 1) {
      this.#place = this.#rowStart();
      if (this.#place > 0) {
        this.#place -= 1;
      } else if (this.#line > 0) {
        this.#line -= 1;
        this.#place = this.#current().length;
      }
    }
    this.#place = this.#rowStart();
  }

  /** The row stays, blank; the view erases upwards, so the rows behind it are blank already. */
  #eraseRow(): void {
    const start = this.#rowStart();
    this.#current().length = start;
    this.#current().push(' ');
  }

  /** Where the row that holds the cursor begins in its line, at today's width. */
  #rowStart(): number {
    const line = this.#current();
    let start = 0;
    let width = 0;
    for (let place = 0; place < Math.min(this.#place + 1, line.length); place += 1) {
      const wide = stringWidth(line[place] ?? '');
      if (width + wide > this.columns) {
        start = place;
        width = 0;
      }
      width += wide;
    }
    return start;
  }

  #current(): string[] {
    const line = this.#lines[this.#line] ?? [];
    this.#lines[this.#line] = line;
    return line;
  }
}
