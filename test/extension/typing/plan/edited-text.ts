import type { TextEdit } from '../../../../src/extension/typing/plan/text-edit.ts';

type Author = 'user' | 'lull';

/** A text that remembers who wrote each of its characters. */
export class EditedText {
  #characters: readonly { readonly text: string; readonly author: Author }[];

  constructor(text: string) {
    this.#characters = written(text, 'user');
  }

  readonly read = (start: number, end: number): string => this.all.slice(start, end);

  get all(): string {
    return this.#characters.map(({ text }) => text).join('');
  }

  by(author: Author): string {
    return this.#characters
      .filter((character) => character.author === author)
      .map(({ text }) => text)
      .join('');
  }

  /** Carries edits out together; all offsets are of the text before them. */
  apply(edits: readonly TextEdit[], author: Author): void {
    for (const { offset, length, text } of [...edits].sort((a, b) => b.offset - a.offset)) {
      this.#characters = [
        ...this.#characters.slice(0, offset),
        ...written(text, author),
        ...this.#characters.slice(offset + length),
      ];
    }
  }

  /** Where `offset` would be in a text without anything Lull wrote. */
  userOffset(offset: number): number {
    return this.#characters.slice(0, offset).filter(({ author }) => author === 'user').length;
  }

  /** A part of `length` from `offset` on that Lull has no share in; shorter where it has. */
  ownedByUser(offset: number, length: number): number {
    const part = this.#characters.slice(offset, offset + length);
    const foreign = part.findIndex(({ author }) => author === 'lull');
    return foreign === -1 ? part.length : foreign;
  }
}

function written(text: string, author: Author) {
  return [...text].map((character) => ({ text: character, author }));
}
