import type { Joined } from './joining.ts';
import { lineOf, type Surroundings } from './surroundings.ts';

const COMMENT_LINE = /^([ \t]*)(\/\/[/!]?|#+!?|--|;+|%+|\*(?!\/)|\/\*+!?)([ \t]*)/u;
const COMMENT_BEHIND = /\s(\/\/[/!]?|#|--|;|%)\s[^"'`]*$/u;

/** A line break as a careful typist makes it: the next line starts where this one did. */
export function joinBreak(
  { left, right, target }: Surroundings,
  kind: 'line' | 'paragraph',
): Joined {
  const line = lineOf(left);
  const start = target === 'terminal' ? '' : startOf(line, target);
  const empty = kind === 'paragraph' ? `\n${start.trim() === '' ? '' : start.trimEnd()}` : '';
  const isBlank = line.trim() === '';
  return {
    text: `${empty}\n${start}`,
    replaceLeft: isBlank ? 0 : line.length - line.trimEnd().length,
    replaceRight: /^[ \t]*/u.exec(right)?.[0].length ?? 0,
  };
}

/** What the next line begins with: the indentation, and what marks a comment or a quotation. */
function startOf(line: string, target: Surroundings['target']): string {
  const indent = /^[ \t]*/u.exec(line)?.[0] ?? '';
  if (target === 'markdown') return /^[ \t]*(?:>[ \t]?)+/u.exec(line)?.[0] ?? indent;
  if (target !== 'comment') return indent;
  const [, space = '', sign, gap = ''] = COMMENT_LINE.exec(line) ?? [];
  if (sign?.startsWith('/*')) return `${space} * `;
  if (sign !== undefined) return `${space}${sign}${gap === '' ? ' ' : gap}`;
  const behind = COMMENT_BEHIND.exec(line)?.[1];
  return behind === undefined ? indent : `${indent}${behind} `;
}
