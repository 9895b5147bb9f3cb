/** What stands directly before and after the place; empty at the ends of the text. */
export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

const OPENING = /[([{<“‘«¿¡/@#\\]$/u;
const CLOSING = /^[.,;:!?…)\]}>”’»%]/u;
/** Scripts that are written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const WORD = /^[\p{L}\p{N}]/u;

/**
 * The phrase with the spaces that part it from its surroundings, and no more of them. One of line
 * breaks alone was asked for as it is.
 */
export function spacePhrase(phrase: string, { before, after }: Surroundings): string {
  const text = phrase.trim();
  if (text === '') return /^[\r\n]+$/.test(phrase) ? phrase : '';
  return `${partedBefore(text, before) ? ' ' : ''}${text}${partedAfter(text, after) ? ' ' : ''}`;
}

function partedBefore(text: string, before: string): boolean {
  if (before === '' || /\s$/u.test(before)) return false;
  if (OPENING.test(before) || CLOSING.test(text)) return false;
  return !(UNSPACED.test(before.slice(-1)) && UNSPACED.test(text.slice(0, 1)));
}

function partedAfter(text: string, after: string): boolean {
  return WORD.test(after) && !UNSPACED.test(after.slice(0, 1)) && !/\s$/u.test(text);
}
