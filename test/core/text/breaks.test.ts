import { describe, expect, test } from 'vitest';
import { placeIn } from '../../../bench/text/write-example.ts';
import { joinBreak } from '../../../src/core/text/breaks.ts';
import type { JoinTarget } from '../../../src/core/text/joining.ts';

function write(target: JoinTarget, before: string, kind: 'line' | 'paragraph') {
  const { left, right } = placeIn(before);
  const { text, replaceLeft, replaceRight } = joinBreak({ left, right, target }, kind);
  return left.slice(0, left.length - replaceLeft) + text + right.slice(replaceRight);
}

describe('joinBreak', () => {
  test.each<[JoinTarget, before: string, line: string, paragraph: string]>([
    ['comment', '  // Keep it.‸', '  // Keep it.\n  // ', '  // Keep it.\n  //\n  // '],
    ['comment', '\t/// Keep it. ‸', '\t/// Keep it.\n\t/// ', '\t/// Keep it.\n\t///\n\t/// '],
    ['comment', '//   deep ‸', '//   deep\n//   ', '//   deep\n//\n//   '],
    ['comment', '  //‸', '  //\n  // ', '  //\n  //\n  // '],
    ['comment', '/** Sends it.‸ */', '/** Sends it.\n * */', '/** Sends it.\n *\n * */'],
    ['comment', ' * Sends it.‸', ' * Sends it.\n * ', ' * Sends it.\n *\n * '],
    ['comment', '    # Keep it.‸', '    # Keep it.\n    # ', '    # Keep it.\n    #\n    # '],
    ['comment', '-- Keep it.‸', '-- Keep it.\n-- ', '-- Keep it.\n--\n-- '],
    ['comment', '  x = 1 // one‸', '  x = 1 // one\n  // ', '  x = 1 // one\n  //\n  // '],
    ['comment', '<!-- old‸ -->', '<!-- old\n-->', '<!-- old\n\n-->'],
    ['code', '  foo(); ‸', '  foo();\n  ', '  foo();\n\n  '],
    ['prose', 'one ‸ two', 'one\ntwo', 'one\n\ntwo'],
    ['prose', '‸', '\n', '\n\n'],
    ['markdown', '> To be‸', '> To be\n> ', '> To be\n>\n> '],
    ['markdown', '  - item‸', '  - item\n  ', '  - item\n\n  '],
    ['terminal', '  ls‸', '  ls\n', '  ls\n\n'],
  ])('in %s after %j', (target, before, line, paragraph) => {
    expect(write(target, before, 'line')).toBe(line);
    expect(write(target, before, 'paragraph')).toBe(paragraph);
  });
});
