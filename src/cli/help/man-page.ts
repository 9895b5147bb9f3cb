import type { Block, Section } from './manual.ts';

/** The manual for `man`, in the macros of man(7). */
export function manPage(sections: readonly Section[]): string {
  const body = sections.flatMap(({ title, blocks }) => [
    `.SH ${escaped(title.toUpperCase())}`,
    ...blocks.flatMap(linesOf),
  ]);
  // Words stay whole, so that an option can be searched for.
  const head = [
    '.\\" Made by npm run manual.',
    '.TH LULL 1 "" "Lull" "User Commands"',
    '.nh',
    '.ad l',
  ];
  return `${[...head, ...body].join('\n')}\n`;
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return ['.PP', escaped(block.text)];
    case 'heading':
      return [`.SS ${escaped(block.text)}`];
    case 'code':
      return ['.PP', '.nf', '.RS 4', ...block.lines.map(escaped), '.RE', '.fi'];
    case 'terms':
      return block.terms.flatMap(([name, text]) => [
        '.TP',
        `\\fB${escaped(name)}\\fR`,
        escaped(text),
      ]);
    default:
      return block satisfies never;
  }
}

/** A plain minus would become a hyphen, and a point or an apostrophe at the front an order. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&');
}
