import { joinPhrase } from '../../src/text/index.ts';
import type { Example } from './corpus.ts';

export type Write = (example: Example) => string;

/** The whole text after the phrase of the example was joined. */
export const writeOurs: Write = ([target, before, phrase, , more]) => {
  const { left, right } = placeIn(before);
  const { previous, ...rest } = more ?? {};
  const joined = joinPhrase({
    left,
    right,
    target,
    phrase,
    ...rest,
    ...(previous && { previous: { phrase: previous.heard, typed: previous.typed } }),
  });
  const start = left.slice(0, left.length - joined.replaceLeft);
  return `${start}${joined.text}${right.slice(joined.replaceRight)}`;
};

/** What most dictation does: the words as they came, behind a space. */
export const writeRival: Write = ([, before, heard]) => {
  const { left, right } = placeIn(before);
  return `${left}${left === '' ? '' : ' '}${heard}${right}`;
};

export function placeIn(before: string): { readonly left: string; readonly right: string } {
  const [left = '', right = ''] = before.split(/‸|⟦[^⟧]*⟧/u);
  return { left, right };
}
