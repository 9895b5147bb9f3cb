import type { Block, Section } from './manual.ts';

/** The manual as a page for people who read it on the web. */
export function reference(sections: readonly Section[]): string {
  const body = sections.flatMap(({ title, blocks }) => [`## ${title}`, ...blocks.map(markdownOf)]);
  const opening = `# The command line

This page and the man page \`docs/lull.1\` are made by \`npm run manual\` from the tables that the command line is read with.`;
  return `${[opening, ...body].join('\n\n')}\n`;
}

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return plain(block.text);
    case 'heading':
      return `### \`${block.text}\``;
    case 'code':
      return `\`\`\`\n${block.lines.join('\n')}\n\`\`\``;
    case 'terms':
      return tableOf(block);
    default:
      return block satisfies never;
  }
}

function tableOf({ what, terms }: Extract<Block, { kind: 'terms' }>): string {
  const rows = [
    [what, 'What it means'] as const,
    ...terms.map(([name, text]) => [`\`${name.replaceAll('|', '\\|')}\``, plain(text)] as const),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return lines
    .toSpliced(1, 0, rule)
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

/** What Markdown would take for a tag or a column. */
function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
