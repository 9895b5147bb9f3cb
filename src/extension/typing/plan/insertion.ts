import { spacePhrase } from '../../../core/index.ts';
import {
  type Anchor,
  advanceAnchor,
  anchorAt,
  moveAnchor,
  settleAnchor,
  withContext,
} from './anchor.ts';
import { type AuthoredEdit, tellApart } from './own-edits.ts';
import { endOf, growthOf, type ReadText, type TextEdit } from './text-edit.ts';

/** Text of a phrase at one of its places. */
interface Piece {
  readonly offset: number;
  readonly text: string;
}

/** The pieces of one phrase; none where it can no longer be told apart from what was typed. */
type Phrase = readonly Piece[] | 'changed';

/** Why the last phrase cannot be taken back. */
export type UndoRefusal = 'nothing-inserted' | 'changed-since';

const MOST_PHRASES = 50;

/**
 * Where dictation stands in a text that others edit meanwhile, and what it has put there. It only
 * plans: whoever has the text carries the edits out and reports every change, its own included.
 */
export class Insertion {
  #anchors: readonly Anchor[];
  #phrases: readonly Phrase[] = [];
  #own: { readonly kind: 'phrase' | 'undo'; readonly edits: readonly TextEdit[] } | undefined;

  constructor(offsets: readonly number[], read: ReadText) {
    this.#anchors = contexts(offsets.map(anchorAt), read);
  }

  /** Where the next phrase would go, in ascending order. */
  get offsets(): readonly number[] {
    return this.#anchors.map(({ offset }) => offset);
  }

  /** What `phrase` would be at each place, with the spaces it needs there. */
  piecesOf(phrase: string, read: ReadText): readonly TextEdit[] {
    return this.offsets.map((offset) => ({
      offset,
      length: 0,
      text: spacePhrase(phrase, {
        before: read(Math.max(0, offset - 1), offset),
        after: read(offset, offset + 1),
      }),
    }));
  }

  /** The edits that insert `phrase` into the text as it is now. */
  planPhrase(phrase: string, read: ReadText): readonly TextEdit[] {
    const edits = this.piecesOf(phrase, read);
    this.#own = { kind: 'phrase', edits };
    return edits;
  }

  /** The edits that take the last phrase back, if it is still as it was inserted. */
  planUndo(read: ReadText): readonly TextEdit[] | UndoRefusal {
    const last = this.#phrases.at(-1);
    if (last === undefined) return 'nothing-inserted';
    if (last === 'changed') return 'changed-since';
    if (last.some(({ offset, text }) => read(offset, offset + text.length) !== text)) {
      return 'changed-since';
    }
    const edits = last.map(({ offset, text }) => ({ offset, length: text.length, text: '' }));
    this.#own = { kind: 'undo', edits };
    return edits;
  }

  /**
   * The text changed, by these edits one after the other. Tells whether the edit planned last is
   * among them: an editor adds to it what it does by itself, such as trimming the line just left.
   */
  edited(edits: readonly TextEdit[], read: ReadText): 'own' | 'foreign' {
    const own = this.#own;
    const authored = tellApart(edits, own?.edits ?? []);
    if (own && authored) this.#own = undefined;
    if (own?.kind === 'undo' && authored) this.#phrases = this.#phrases.slice(0, -1);
    let pieces: Phrase = [];
    for (const { edit, author } of authored ?? edits.map(foreign)) {
      pieces = movePhrase(pieces, edit);
      this.#phrases = this.#phrases.map((phrase) => movePhrase(phrase, edit));
      const isPhrase = own?.kind === 'phrase' && author === 'lull';
      if (isPhrase && pieces !== 'changed') {
        pieces = [...pieces, { offset: edit.offset, text: edit.text }];
      }
      this.#anchors = this.#anchors.map((anchor) =>
        isPhrase ? advanceAnchor(anchor, edit) : moveAnchor(anchor, edit),
      );
    }
    if (own?.kind === 'phrase' && authored) this.#remember(pieces);
    this.#anchors = contexts(this.#anchors, read);
    return authored ? 'own' : 'foreign';
  }

  /** Carets moved. */
  caretsAt(offsets: readonly number[], read: ReadText): void {
    const settled = this.#anchors.map((anchor) => settleAnchor(anchor, offsets));
    this.#anchors = contexts(settled, read);
  }

  #remember(phrase: Phrase): void {
    const inOrder =
      phrase === 'changed' ? phrase : [...phrase].sort((one, other) => one.offset - other.offset);
    this.#phrases = [...this.#phrases, inOrder].slice(-MOST_PHRASES);
  }
}

function foreign(edit: TextEdit): AuthoredEdit {
  return { edit, author: 'other' };
}

function movePhrase(phrase: Phrase, edit: TextEdit): Phrase {
  if (phrase === 'changed') return phrase;
  const moved: Piece[] = [];
  for (const piece of phrase) {
    if (endOf(edit) <= piece.offset) {
      moved.push({ ...piece, offset: piece.offset + growthOf(edit) });
    } else if (edit.offset >= piece.offset + piece.text.length) {
      moved.push(piece);
    } else {
      return 'changed';
    }
  }
  return moved;
}

/** Anchors that edits brought together are one: a phrase is not said twice in one place. */
function contexts(anchors: readonly Anchor[], read: ReadText): readonly Anchor[] {
  const byOffset = new Map(anchors.map((anchor) => [anchor.offset, anchor]));
  return [...byOffset.values()]

    .sort((one, other) => one.offset - other.offset)
    .map((anchor) => withContext(anchor, read));
}
