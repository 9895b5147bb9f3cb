import { endOf, growthOf, type ReadText, type TextEdit } from './text-edit.ts';

/** Text of a phrase at one of its places. */
export interface Piece {
  readonly offset: number;
  readonly text: string;
  /** What it replaced, which taking it back puts there again. */
  readonly was: string;
  /** What a later phrase took off its end, such as a full stop before words that go on. */
  readonly cut?: string;
}

/** The pieces of one phrase; none where it can no longer be told apart from what was typed. */
export type Phrase =
  | { readonly pieces: readonly Piece[]; readonly spoken: string | undefined }
  | 'changed';

export function isAsInserted({ pieces }: Exclude<Phrase, 'changed'>, read: ReadText): boolean {
  return pieces.every(({ offset, text }) => read(offset, offset + text.length) === text);
}

/** Where phrases are after an edit: another's, or that of a later phrase or of taking one back. */
export function followPhrases(
  phrases: readonly Phrase[],
  edit: TextEdit,
  deed: 'phrase' | 'undo' | 'foreign',
): readonly Phrase[] {
  return phrases.map((phrase) => {
    if (phrase === 'changed') return phrase;
    const pieces: Piece[] = [];
    for (const piece of phrase.pieces) {
      const followed = follow(piece, edit, deed);
      if (followed === 'changed') return 'changed';
      pieces.push(followed);
    }
    return { ...phrase, pieces };
  });
}

function follow(piece: Piece, edit: TextEdit, deed: 'phrase' | 'undo' | 'foreign') {
  const end = piece.offset + piece.text.length;
  if (deed === 'undo' && edit.offset === end && piece.cut && edit.text.startsWith(piece.cut)) {
    const { cut, ...whole } = piece;
    return { ...whole, text: piece.text + cut };
  }
  if (endOf(edit) <= piece.offset) return { ...piece, offset: piece.offset + growthOf(edit) };
  if (edit.offset >= end) return piece;
  if (deed === 'phrase' && edit.offset > piece.offset && endOf(edit) >= end) {
    const kept = edit.offset - piece.offset;
    return { ...piece, text: piece.text.slice(0, kept), cut: piece.text.slice(kept) };
  }
  return 'changed';
}
