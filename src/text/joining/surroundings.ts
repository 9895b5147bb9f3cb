/** What is being written. */
export type JoinTarget =
  | 'prose'
  | 'markdown'
  | 'comment'
  | 'string'
  | 'code'
  | 'commit-subject'
  | 'commit-body'
  | 'terminal'
  | 'chat';

/** What stands before and after a place in a text; enough of it to see the line and the one before. */
export interface Surroundings {
  readonly left: string;
  readonly right: string;
  readonly target: JoinTarget;
}

/** Where a place is in its sentence; `quoted` where a text of its own begins that may be one. */
export type Position = 'start' | 'middle' | 'quoted';

/** Marks that open or close something, taken off both sides of a place. */
export interface Wrapping {
  readonly outer: string;
  readonly rest: string;
  readonly marks: string;
}

/** Scripts that are written without spaces between words, and their marks. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const COMMENT_SIGN = /(?:^|\s)(?:\/\/[/!]?|\/\*+!?|#+!?|--|;+|%+|<!--|\*)$/u;
/** Code, and a comment behind it. */
const COMMENT_BEHIND = /^[ \t]*[^\s/#;%*<-].*?\s(?:\/\/[/!]?|\/\*+!?|#|--|;|%)\s*/u;
/** Indentation and whatever marks a line without being part of its sentence. */
const LINE_START =
  /^[ \t]*(?:(?:\/\/[/!]?|\/\*+!?|#+!?(?=\s)|--|;+(?=\s)|%+(?=\s)|<!--|>|[-+*•–](?=\s)|\d+[.)](?=\s)|\[[ xX]\](?=\s)|\|)\s*)*/u;
const LABEL =
  /(?:[:：][*_]+|^\W*(?:note|warning|tip|important|caution|hinweis|achtung|nota|attention)[:：])$/iu;
const SENTENCE_END = /[.!?。！？][\])}"'”’»“*_`]*$/u;
const ABBREVIATED =
  /(?<![\p{L}\p{N}])(?:e\.g|i\.e|cf|vs|approx|incl|no|nr|fig|mr|mrs|ms|dr|prof|st|z\. ?b|d\. ?h|u\. ?a|bzw|ca|evtl|ggf|usw|p\. ?ex|c\.-à-d|sr|sra|p\. ?ej)\.$/iu;
/** As long as a line that was broken because it was full. */
const FULL_LINE = 55;
const PAIRS: Readonly<Record<string, string>> = {
  '“': '„',
  '‘': '‚',
  '«': '»',
  '»': '«',
  '‹': '›',
  '›': '‹',
};

export function lineOf(left: string): string {
  return left.slice(left.lastIndexOf('\n') + 1);
}

/** Inside a span of code in a text for people, code's own rules hold. */
export function targetWithin({ left, target }: Surroundings): JoinTarget {
  if (target === 'code' || target === 'string' || target === 'terminal') return target;
  return count(lineOf(left).replaceAll('```', ''), '`') % 2 === 1 ? 'code' : target;
}

/** Takes opening marks off the left, and what closes something off the right. */
export function unwrap({ left, right, target }: Surroundings): Wrapping {
  let outer = left;
  for (let mark = opening(outer, target); mark !== ''; mark = opening(outer, target)) {
    outer = outer.slice(0, outer.length - mark.length);
  }
  const marks = left.slice(outer.length);
  // Behind the end of a string the sentence does not go on.
  if (target === 'string' && /^["'`]/u.test(right)) return { outer, rest: '', marks };
  const closed = /^[\])}>"'”’»“*_~`]*/u.exec(right)?.[0] ?? '';
  return { outer, rest: right.slice(closed.length), marks };
}

export function positionAt(surroundings: Surroundings): Position {
  const { target } = surroundings;
  const { outer, rest, marks } = unwrap(surroundings);
  const isQuoted = /["'“‘”«»„‚‹›「『`]/u.test(marks);
  if (isQuoted && (target === 'string' || target === 'terminal')) return 'quoted';
  if (target === 'code' || target === 'terminal') return 'middle';
  const position = sentenceAt(outer, target);
  if (!isQuoted || position === 'start') return position;
  // Speech follows a comma or a colon; a quoted word is part of its sentence.
  return /[,:]\s*$/u.test(outer) && !/^\s*\p{Ll}/u.test(rest) ? 'start' : 'middle';
}

function sentenceAt(left: string, target: JoinTarget): Position {
  const line = lineOf(left);
  const start = (target === 'comment' && COMMENT_BEHIND.exec(line)) || LINE_START.exec(line);
  const body = line.slice(start?.[0].length ?? 0);
  const isCell = target === 'markdown' && /^\s*\|/u.test(line) && /\|\s*$/u.test(line);
  const said = body.trimEnd();
  if (said === '' || isCell) return isCell ? 'start' : afterLine(left, target);
  if (LABEL.test(said)) return 'start';
  return SENTENCE_END.test(said) && !ABBREVIATED.test(said) ? 'start' : 'middle';
}

/** A line that begins anew begins a sentence, unless the one before was only broken. */
function afterLine(left: string, target: JoinTarget): Position {
  const end = left.lastIndexOf('\n');
  if (end === -1 || target === 'chat') return 'start';
  const line = left.slice(end + 1);
  const above = lineOf(left.slice(0, end)).trimEnd();
  const start = LINE_START.exec(above)?.[0] ?? '';
  const body = above.slice(start.length);
  const marked = (text: string) => /^\s*(?:[-+*•–]|\d+[.)]|#{1,6}|\|)\s/u.test(text);
  if (body === '' || /[.!?:。！？][\])}"'”’»“*_`]*$/u.test(body)) return 'start';
  if (target === 'comment') return start.trim() === '' ? 'start' : 'middle';
  if (marked(line) || /^\s*#/u.test(above)) return 'start';
  if (/[,;–—]$/u.test(body)) return above.length < 30 ? 'start' : 'middle';
  const wraps = target === 'markdown' || target === 'commit-body';
  return (wraps && body.includes(' ')) || above.length >= FULL_LINE ? 'middle' : 'start';
}

/** Whether a space belongs between what stands left and `text`. */
export function isPartedLeft(text: string, { left, right, target }: Surroundings): boolean {
  if (left === '' || /\s$/u.test(left) || startsClosing(text)) return false;
  const line = lineOf(left);
  if (UNSPACED.test(left.slice(-1)) || UNSPACED.test(text.slice(0, 1))) return false;
  if (target === 'comment' && COMMENT_SIGN.test(line)) return true;
  if (target === 'markdown' && /^\s*(?:#{1,6}|[-+>]|\d+[.)])$/u.test(line)) return true;
  if (isInside({ left, right, target })) return false;
  if (opening(left, target) !== '') return false;
  if (target === 'code' || target === 'terminal') return isPartedInCode(line);
  if (/(?:^|[^\s])=$/u.test(line) || /[^\s]–$/u.test(line)) return false;
  return !/[-—/@#$€£¥₹\\]$/u.test(line);
}

/** Whether a space belongs between `text` and what stands right. */
export function isPartedRight(text: string, { left, right, target }: Surroundings): boolean {
  const [next = ''] = right;
  if (next === '' || /\s/u.test(next) || /\s$/u.test(text)) return false;
  if (UNSPACED.test(next) || UNSPACED.test(text.slice(-1))) return false;
  if (isInside({ left, right, target })) return false;
  if (LETTER.test(next)) return true;
  if (target === 'code' || target === 'terminal' || target === 'string') return /[$_]/u.test(next);
  if (startsClosing(right) || isClosing(right, left)) return false;
  return /[([{"'“‘«„¿¡#@*`$€£_~]/u.test(next);
}

/** Between two letters of one name, where nothing parts them. */
function isInside({ left, right, target }: Surroundings): boolean {
  if (!/[\p{L}\p{M}\p{N}_]$/u.test(left) || !/^[\p{L}\p{M}\p{N}_]/u.test(right)) return false;
  if (target === 'code' || target === 'string' || target === 'terminal') return true;
  const name = `${/[\p{L}\p{N}_]*$/u.exec(left)?.[0]}${/^[\p{L}\p{N}_]*/u.exec(right)?.[0]}`;
  return /\p{Ll}\p{Lu}|\p{L}_|_\p{L}/u.test(name);
}

/** The marks at the end of `left` that open something; empty where they close it. */
function opening(left: string, target: JoinTarget): string {
  const line = lineOf(left);
  const last = line.slice(-1);
  const before = line.slice(0, -1);
  const isFree = before === '' || /[\s([{“‘«„=:,*_>]$/u.test(before);
  if (last === '') return '';
  if (/[([{¿¡„‚「『（【《〈]/u.test(last) || (last === '<' && target !== 'code')) return last;
  if (last in PAIRS) {
    if (!isFree) return '';
    const open = count(line, PAIRS[last] ?? '');
    return open > count(line, last) - 1 ? '' : last;
  }
  if (last === '`') return count(line, '`') % 2 === 1 ? last : '';
  if (last === '"') return target !== 'code' && count(line, '"') % 2 === 1 ? last : '';
  if (last === "'") {
    if (target === 'code') return '';
    return target === 'string' || target === 'terminal'
      ? count(line, "'") % 2 === 1
        ? last
        : ''
      : isFree
        ? last
        : '';
  }
  if (target === 'code' || target === 'string' || target === 'terminal') return '';
  const [run = ''] = /(?:\*{1,3}|_{1,3}|~~)$/u.exec(line) ?? [];
  const outside = line.slice(0, line.length - run.length);
  return outside === '' || /[\s([{“‘«„"*_~>—-]$/u.test(outside) ? run : '';
}

function isPartedInCode(line: string): boolean {
  const before = line.slice(-2, -1);
  const isSpaced = before === '' || /\s/u.test(before);
  if (/(?:[.@#$\\/_]|::|->)$/u.test(line)) return false;
  if (/[-!&*~]$/u.test(line)) return false;
  if (/[=+<>?|%^:]$/u.test(line)) return isSpaced || /[=<>|]{2}$|[,{]\s*[\w"']+:$/u.test(line);
  return true;
}

function startsClosing(text: string): boolean {
  return (
    /^(?:[.,;:!?…)\]}>”’»%。、，！？：；）」』—-](?!\p{L}{2})|['’](?:s|t|re|ll|ve|d|m)\b)/u.test(
      text,
    ) || /^[-—/][\p{L}]/u.test(text)
  );
}

/** Whether the mark at the start of `right` closes what was opened in `left`. */
function isClosing(right: string, left: string): boolean {
  const [next = ''] = right;
  const line = lineOf(left);
  if (next === '"' || next === '`') return count(line, next) % 2 === 1;
  if (next === "'") return !/^'\p{L}/u.test(right);
  if (next === '“') return line.includes('„');
  if (next === '«') return line.includes('»');
  return /^(?:\*{1,3}|_{1,3}|~~)(?:[^\p{L}\p{N}(["“*_~]|$)/u.test(right);
}

function count(text: string, mark: string): number {
  return mark === '' ? 0 : text.split(mark).length - 1;
}
