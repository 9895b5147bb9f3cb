import {
  type JoinTarget,
  joinBreak,
  joinMark,
  joinPhrase,
  type Mark,
  targetAt,
  targetWithin,
  writeNames,
} from '../../text/index.ts';
import type { Compose, JoiningPlace, Rewrite } from './plan/insertion.ts';

/** What is to be written, before it is known what stands around it. */
export type Utterance =
  | {
      readonly kind: 'words';
      readonly text: string;
      readonly words?: 'as-spoken' | 'literal';
      readonly first?: 'large' | 'small';
    }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'break'; readonly text: '\n' | '\n\n' };

/** What the person speaks, as far as it decides what is written. */
export interface Speech {
  readonly keyterms: readonly string[];
  readonly language: string | undefined;
}

export const SILENT: Speech = { keyterms: [], language: undefined };

/** `where` is a target, or the language of a document whose text tells the rest. */
export function composer(
  utterance: Utterance,
  where: { readonly languageId: string } | { readonly target: JoinTarget },
  { keyterms, language }: Speech,
): Compose {
  return ({ left, right, previous }: JoiningPlace) => {
    const target =
      'target' in where ? where.target : targetAt({ languageId: where.languageId, left });
    const place = { left, right, target };
    switch (utterance.kind) {
      case 'words': {
        const { text, words, first } = utterance;
        return joinPhrase({
          ...{ ...place, phrase: text, keyterms },
          ...(language === undefined ? {} : { language }),
          ...(previous === undefined ? {} : { previous }),
          ...(words === undefined ? {} : { words }),
          ...(first === undefined ? {} : { first }),
        });
      }
      case 'mark':
        return joinMark(utterance.mark, place);
      case 'break':
        return joinBreak(place, utterance.text);
      default:
        return utterance satisfies never;
    }
  };
}

/** Writes the names of symbols where code is written. */
export function namer(languageId: string, symbols: readonly string[]): Rewrite {
  return ({ typed, left, right }) => {
    const target = targetWithin({ left, right, target: targetAt({ languageId, left }) });
    return writeNames(typed, { target, symbols, files: [] }).text;
  };
}

/** The utterance with the files it names, for a place where nothing can be taken back. */
export function withFiles(
  utterance: Utterance,
  { target, files }: { readonly target: 'chat' | 'terminal'; readonly files: readonly string[] },
): Utterance {
  if (utterance.kind !== 'words' || utterance.words === 'literal') return utterance;
  return { ...utterance, text: writeNames(utterance.text, { target, symbols: [], files }).text };
}
