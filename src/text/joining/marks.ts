import type { Joined } from './joining.ts';
import { isPartedLeft, isPartedRight, lineOf, type Surroundings } from './surroundings.ts';

/**
 * A sign somebody named. Opening ones cling to what follows, closing ones to what came before,
 * joints to both; free ones stand between spaces, and exact ones are put where the caret is.
 */
export interface Mark {
  readonly text: string;
  readonly side: 'opening' | 'closing' | 'joint' | 'free' | 'exact';
}

const COMMENT_LINE = /^([ \t]*)(\/\/[/!]?|#+!?|--|;+|%+|\*(?!\/)|\/\*+!?)([ \t]*)/u;
const COMMENT_BEHIND = /\s(\/\/[/!]?|#|--|;|%)\s[^"'`]*$/u;
const SENTENCE_MARK = /^[.,;:!?…]$/u;
/** No further off than this does a space or a mark belong to the place. */
const WITHIN = 1_000;

/** The sign with the spaces it needs; one that ends a sentence takes the place of the service's stop. */
export function joinMark({ text, side }: Mark, place: Surroundings): Joined {
  const left = place.left.slice(-WITHIN);
  const here = { ...place, left };
  if (side === 'exact') return { text, replaceLeft: 0, replaceRight: 0 };
  const before = lineOf(left).trimEnd();
  const gap = before === '' ? 0 : lineOf(left).length - before.length;
  const isNear = left === '' || /\s$/u.test(left);
  switch (side) {
    case 'opening':
      return {
        text: `${isPartedLeft(text, here) ? ' ' : ''}${text}`,
        replaceLeft: 0,
        replaceRight: 0,
      };
    case 'closing': {
      const isStop = SENTENCE_MARK.test(text) && /(?<![.…])[.,;:]$/u.test(before);
      const after = isPartedRight(text, here) ? ' ' : '';
      return { text: `${text}${after}`, replaceLeft: gap + (isStop ? 1 : 0), replaceRight: 0 };
    }
    case 'joint':
      return { text, replaceLeft: gap, replaceRight: 0 };
    case 'free': {
      const after = /^\S/u.test(place.right) ? ' ' : '';
      return { text: `${isNear ? '' : ' '}${text}${after}`, replaceLeft: 0, replaceRight: 0 };
    }
    default:
      return side satisfies never;
  }
}

/** A line break as a careful typist makes it: the next line starts where this one did. */
export function joinBreak({ left, right, target }: Surroundings, breaks: '\n' | '\n\n'): Joined {
  const line = lineOf(left);
  const start = target === 'terminal' ? '' : startOf(line, target);
  const empty = breaks === '\n\n' ? `\n${start.trim() === '' ? '' : start.trimEnd()}` : '';
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
