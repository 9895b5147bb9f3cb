import {
  beginsWithName,
  type Evidence,
  largeLetter,
  smallLetter,
  withCapital,
  withoutCapital,
} from './casing.ts';
import {
  isPartedLeft,
  isPartedRight,
  lineOf,
  positionAt,
  type Surroundings,
  targetWithin,
  unwrap,
} from './surroundings.ts';

/** A phrase and the place it is meant for. What is selected there is replaced and not described. */
export interface Joining extends Surroundings {
  /** A final of the service, after replacements. */
  readonly phrase: string;
  /** The phrase before this one, where what was typed for it ends at the place and is unchanged. */
  readonly previous?: { readonly phrase: string; readonly typed: string };
  readonly keyterms?: readonly string[];
  /** Two letters, as in the settings; decides how names are told. */
  readonly language?: string;
  /** Words asked for to the letter: only spaces are added. */
  readonly words?: 'as-spoken' | 'literal';
  /** Asked for by a command: the next phrase begins large or small. */
  readonly first?: 'large' | 'small';
}

/** Put in place of the selection and of as many UTF-16 units beside it. */
export interface Joined {
  readonly text: string;
  readonly replaceLeft: number;
  readonly replaceRight: number;
}

const NOTHING: Joined = { text: '', replaceLeft: 0, replaceRight: 0 };
const STOP = /(?<![.。…])[.。](["”’»]?)$/u;
const SENTENCE_END = /[.!?…:;。！？][\])}"'”’»*_`]*$/u;
/** No sentence ends with these, so a full stop behind one was only a pause. */
const DANGLING =
  /(?<![\p{L}\p{N}'’])(?:the|an?|my|your|our|their|and|or|but|because|with|into|than|whose|every|der|die|das|ein|eine|einen|einem|und|oder|weil|dass|le|la|les|un|une|des|et|ou|avec|parce que|el|los|las|una|y|con|porque)\.$/iu;
/** A cell, an item or a heading of so few words is no sentence. */
const FEW_WORDS = 5;
/** What is further off decides nothing, and would take time in a file of one line. */
const WITHIN = 4_000;

/** What a careful typist would have typed for the phrase at its place. */
export function joinPhrase(joining: Joining): Joined {
  const phrase = joining.phrase.trim();
  if (phrase === '') return NOTHING;
  const left = joining.left.slice(-WITHIN);
  const right = joining.right.slice(0, WITHIN);
  const target = targetWithin({ left, right, target: joining.target });
  const place: Joining = { ...joining, phrase, left, right, target };
  if (joining.words === 'literal') return spaced(phrase, place);
  return (joining.previous && continued(place, joining.previous)) ?? joinOne(place);
}

/** As if both had been said in one breath, if what was typed then agrees but for its end. */
function continued(
  place: Joining,
  { phrase: before, typed }: { readonly phrase: string; readonly typed: string },
): Joined | undefined {
  if (typed === '' || !place.left.endsWith(typed)) return undefined;
  const { previous: _, ...rest } = place;
  const left = place.left.slice(0, place.left.length - typed.length);
  const both = joinOne({ ...rest, left, phrase: inOneBreath(before.trim(), place) });
  let same = 0;
  while (same < typed.length && typed[same] === both.text[same]) same += 1;
  const isEndOnly = /^[\s.,;:!?…。]*$/u.test(typed.slice(same));
  if (both.replaceLeft > 0 || !isEndOnly) return undefined;
  return { ...both, text: both.text.slice(same), replaceLeft: typed.length - same };
}

function inOneBreath(before: string, place: Joining): string {
  const { phrase, target, first } = place;
  const isSentence = target !== 'terminal' && target !== 'code' && target !== 'commit-subject';
  const dangles = !isSentence || DANGLING.test(before);
  const start = dangles ? before.replace(STOP, '$1') : before;
  const goesOn = dangles || !SENTENCE_END.test(start) || /[:;]$/u.test(start);
  const surroundings: Surroundings = { left: start, right: '', target };
  const spelt =
    first === undefined
      ? goesOn
        ? withoutCapital(phrase, evidenceOf(place))
        : withCapital(phrase, place.keyterms)
      : firstLetter(phrase, first);
  return `${start}${isPartedLeft(spelt, surroundings) ? ' ' : ''}${spelt}`;
}

function joinOne(place: Joining): Joined {
  const { phrase, first, keyterms } = place;
  const position = positionAt(place);
  const evidence = evidenceOf(place);
  const isPart = isPartOfName(place);
  let text = phrase;
  if (first !== undefined) text = firstLetter(phrase, first);
  else if (position === 'middle' || isPart) text = withoutCapital(phrase, evidence);
  else if (position === 'start') text = withCapital(phrase, keyterms);

  const ended = withEnd(text, place, { position, isPart, evidence });
  const joined = spaced(ended, place);
  // A question is still one before a full stop that stood there.
  const takesStop = /[!?]$/u.test(ended) && /^\.(?!\.)/u.test(place.right);
  return takesStop ? { ...joined, replaceRight: 1 } : joined;
}

/** The phrase with the end that fits what follows. */
function withEnd(
  text: string,
  place: Joining,
  { position, isPart, evidence }: { position: string; isPart: boolean; evidence: Evidence },
): string {
  const { target, right } = place;
  const { rest } = unwrap(place);
  const isFollowed = /^\s*[.,;:!?…。，！？]/u.test(rest);
  if (/[,;]$/u.test(text)) return isFollowed ? text.replace(/[,;]+$/u, '') : text;
  if (/[?!]$/u.test(text)) return right.startsWith(text.slice(-1)) ? text.slice(0, -1) : text;
  if (!STOP.test(text)) return text;
  const isOneLine = target === 'code' || target === 'terminal' || target === 'commit-subject';
  const isDropped =
    isOneLine ||
    isPart ||
    isFollowed ||
    goesOn(rest, place, evidence) ||
    isNoSentence(text, place) ||
    (position === 'middle' && isAside(place));
  return isDropped ? text.replace(STOP, '$1') : text;
}

/** Whether the sentence goes on with what stands right. */
function goesOn(rest: string, place: Joining, evidence: Evidence): boolean {
  const { target, left } = place;
  const isOpen = positionAt({ left, right: '', target }) === 'middle';
  const [, gap = '', next = ''] = /^(\s*)(.*)/su.exec(rest) ?? [];
  if (next === '') return false;
  if (gap.includes('\n')) {
    if (/\n\s*\n/u.test(gap) || target === 'string') return false;
    const line = /^(?:\/\/[/!]?|\*|#|--|>)?\s*/u.exec(next)?.[0] ?? '';
    if (target === 'comment' && line.trim() === '') return false;
    return /^\p{Ll}/u.test(next.slice(line.length));
  }
  if (/^[-–—]\s/u.test(next) || /^\p{Ll}/u.test(next)) return true;
  if (target === 'string' && /^(?:\$?\{|%[sd])/u.test(next)) return true;
  if (/^[\p{Lo}\p{N}$€£]/u.test(next)) return isOpen;
  return isOpen && /^\p{Lu}/u.test(next) && beginsWithName(next, { ...evidence, nearby: left });
}

/** A heading, a cell, a short item or label. */
function isNoSentence(text: string, { left, right, target }: Joining): boolean {
  const line = lineOf(left);
  const size = text.split(/\s+/u).length;
  if (target === 'string') return size < 3 && /["'`]$/u.test(line);
  if (target === 'comment' || target === 'chat') return false;
  if (target === 'markdown' && (/^#{1,6}\s/u.test(line) || /^\s*\|/u.test(line))) return true;
  if (/\[$/u.test(line) && /^\]/u.test(right)) return true;
  return /^\s*(?:[-+*•]|\d+[.)])\s(?:\[[ xX]\]\s)?\s*$/u.test(line) && size <= FEW_WORDS;
}

/** Inside brackets or emphasis that are themselves inside a sentence. */
function isAside(place: Joining): boolean {
  const { marks } = unwrap(place);
  return /^[)\]}]/u.test(place.right) || /[([{*_~`"“‘«]/u.test(marks);
}

/** Right behind `=`, `@`, `#` or a path: part of a name, not of a sentence. */
function isPartOfName({ left, target }: Joining): boolean {
  const line = lineOf(left);
  if (target === 'comment' && /(?:^|\s)(?:#+|\/\/)$/u.test(line)) return false;
  if (target === 'markdown' && /^\s*#+$/u.test(line)) return false;
  return /[^\s=]=$|[@#]$|(?:^|\s)[~.]?\/$|\/\S*\/$/u.test(line);
}

function spaced(text: string, place: Joining): Joined {
  const { left, right } = place;
  const before = isPartedLeft(text, place) ? ' ' : '';
  const after = isPartedRight(text, { left, right, target: place.target }) ? ' ' : '';
  const gap = /^[.,;:!?…%)\]}]/u.test(text) ? (/[^\s]([ \t]+)$/u.exec(left)?.[1] ?? '') : '';
  return { text: `${before}${text}${after}`, replaceLeft: gap.length, replaceRight: 0 };
}

function firstLetter(phrase: string, first: 'large' | 'small'): string {
  return phrase.replace(/\p{L}/u, first === 'large' ? largeLetter : smallLetter);
}

function evidenceOf({
  phrase,
  left,
  right,
  keyterms = [],
  language = 'en',
  target,
}: Joining): Evidence {
  const isCode = target === 'code' || target === 'terminal';
  const nearby = `${left}${right}`;
  return { phrase, nearby, keyterms, language, names: isCode ? 'by-their-form' : 'known' };
}
