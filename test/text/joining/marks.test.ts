import { describe, expect, test } from 'vitest';
import { placeIn } from '../../../bench/text/write-example.ts';
import { joinBreak, joinMark, type Mark } from '../../../src/text/joining/marks.ts';
import type { JoinTarget } from '../../../src/text/joining/surroundings.ts';

function write(target: JoinTarget, before: string, kind: '\n' | '\n\n') {
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
    expect(write(target, before, '\n')).toBe(line);
    expect(write(target, before, '\n\n')).toBe(paragraph);
  });
});

describe('joinMark', () => {
  const put = (mark: Mark, before: string, target: JoinTarget = 'prose') => {
    const { left, right } = placeIn(before);
    const { text, replaceLeft, replaceRight } = joinMark(mark, { left, right, target });
    return left.slice(0, left.length - replaceLeft) + text + right.slice(replaceRight);
  };

  test.each<[Mark['side'], text: string, before: string, after: string]>([
    ['closing', '?', 'Really.‸', 'Really?'],
    ['closing', '.', 'Really.‸', 'Really.'],
    ['closing', ',', 'Really ‸', 'Really,'],
    ['closing', ',', 'Wait...‸', 'Wait...,'],
    ['closing', ',', 'one‸two', 'one, two'],
    ['closing', '!', '  ‸', '  !'],
    ['closing', ')', '(see it ‸', '(see it)'],
    ['closing', '"', 'say "yes‸', 'say "yes"'],
    ['opening', '(', 'see‸', 'see ('],
    ['opening', '"', 'say ‸it', 'say "it'],
    ['opening', '$', 'it costs‸', 'it costs $'],
    ['joint', '-', 'well ‸', 'well-'],
    ['joint', '/', 'and‸or', 'and/or'],
    ['free', '–', 'so‸it', 'so – it'],
    ['free', '=', 'x ‸', 'x ='],
    ['exact', '\t', 'a ‸b', 'a \tb'],
  ])('puts the %s %j at %j', (side, text, before, after) => {
    expect(put({ side, text }, before)).toBe(after);
  });
});
