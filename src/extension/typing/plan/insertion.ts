import type { Joined } from '../../../text/index.ts';
import {
  type Anchor,
  advanceAnchor,
  anchorAt,
  moveAnchor,
  settleAnchor,
  withContext,
} from './anchor.ts';
import { type AuthoredEdit, tellApart } from './own-edits.ts';
import { followPhrases, isAsInserted, type Phrase, type Piece } from './phrases.ts';
import type { ReadText, TextEdit } from './text-edit.ts';

/** One place a phrase is to go to, as far as what is written there depends on it. */
export interface JoiningPlace {
  readonly left: string;
  readonly right: string;
  /** The phrase before, where it ends at the place and is still as it was typed. */
  readonly previous?: { readonly phrase: string; readonly typed: string };
}

/** Makes the text for one place, out of what was said. */
export type Compose = (place: JoiningPlace) => Joined;

/** Writes a phrase that is there in another way, such as with the names in it. */
export type Rewrite = (place: {
  readonly typed: string;
  readonly left: string;
  readonly right: string;
}) => string;

/** Why the last phrase cannot be taken back. */
export type UndoRefusal = 'nothing-inserted' | 'changed-since';

interface Plan {
  readonly kind: 'phrase' | 'rewrite' | 'undo';
  readonly edits: readonly TextEdit[];
  /** What the edits replace, by their order. */
  readonly replaced: readonly string[];
  readonly spoken: string | undefined;
}

const MOST_PHRASES = 50;
/** Enough to tell a comment from code; a huge file is not read whole for each phrase. */
const MOST_LEFT = 100_000;
const MOST_RIGHT = 4_000;

/**
 * Where dictation stands in a text that others edit meanwhile, and what it has put there. It only
 * plans: whoever has the text carries the edits out and reports every change, its own included.
 */
export class Insertion {
  #anchors: readonly Anchor[];
  #phrases: readonly Phrase[] = [];
  #own: Plan | undefined;
  /** Lengths of what was selected before each place, until somebody changes anything. */
  #selected: ReadonlyMap<number, number>;

  constructor(
    offsets: readonly number[],
    read: ReadText,
    selected: ReadonlyMap<number, number> = new Map(),
  ) {
    this.#anchors = contexts(offsets.map(anchorAt), read);
    this.#selected = selected;
  }

  /** Where the next phrase would go, in ascending order. */
  get offsets(): readonly number[] {
    return this.#anchors.map(({ offset }) => offset);
  }

  /** The edits that write at each place what `compose` makes of it. */
  piecesOf(compose: Compose, read: ReadText): readonly TextEdit[] {
    let end = 0;
    return this.offsets.map((offset) => {
      const from = offset - (this.#selected.get(offset) ?? 0);
      const previous = this.#previousAt(from, read);
      const { text, replaceLeft, replaceRight } = compose({
        left: read(Math.max(0, from - MOST_LEFT), from),
        right: read(offset, offset + MOST_RIGHT),
        ...(previous ? { previous } : {}),
      });
      // Two places close together do not take from each other.
      const start = Math.max(from - replaceLeft, end);
      end = Math.max(offset + replaceRight, start);
      return { offset: start, length: end - start, text };
    });
  }

  /** As `piecesOf`, for the text as it is now; `spoken` is what the next phrase may continue. */
  planPhrase(compose: Compose, read: ReadText, spoken?: string): readonly TextEdit[] {
    const edits = this.piecesOf(compose, read);
    this.#own = { kind: 'phrase', edits, spoken, replaced: edits.map(readIn(read)) };
    return edits;
  }

  /**
   * The edits that write the last phrase in another way; none where it has changed since, or where
   * one of its places is to stay as it is.
   */
  planRewrite(rewrite: Rewrite, read: ReadText): readonly TextEdit[] {
    const last = this.#phrases.at(-1);
    if (last === undefined || last === 'changed' || !isAsInserted(last, read)) return [];
    const edits = last.pieces.map(({ offset, text: typed }) => {
      const end = offset + typed.length;
      const left = read(Math.max(0, offset - MOST_LEFT), offset);
      const text = rewrite({ typed, left, right: read(end, end + MOST_RIGHT) });
      return { offset, length: typed.length, text };
    });
    if (edits.some(({ text }, index) => text === last.pieces[index]?.text)) return [];
    const replaced = last.pieces.map(({ was }) => was);
    this.#own = { kind: 'rewrite', edits, spoken: last.spoken, replaced };
    return edits;
  }

  /** The edits that take the last phrase back, if it is still as it was inserted. */
  planUndo(read: ReadText): readonly TextEdit[] | UndoRefusal {
    const last = this.#phrases.at(-1);
    if (last === undefined) return 'nothing-inserted';
    if (last === 'changed' || !isAsInserted(last, read)) return 'changed-since';
    const edits = last.pieces.map(({ offset, text, was }) => ({
      ...{ offset, length: text.length },
      text: was,
    }));
    this.#own = { kind: 'undo', edits, spoken: undefined, replaced: edits.map(readIn(read)) };
    return edits;
  }

  /**
   * The text changed, by these edits one after the other. Tells whether the edit planned last is
   * among them: an editor adds to it what it does by itself, such as trimming the line just left.
   */
  edited(edits: readonly TextEdit[], read: ReadText): 'own' | 'foreign' {
    const own = this.#own;
    const authored = tellApart(edits, own?.edits ?? []);
    this.#selected = new Map();
    if (own && authored) this.#own = undefined;
    if (own && own.kind !== 'phrase' && authored) this.#phrases = this.#phrases.slice(0, -1);
    let fresh: Phrase = { pieces: [], spoken: own?.spoken };
    let count = own?.edits.length ?? 0;
    for (const { edit, author } of authored ?? edits.map(foreign)) {
      const isUndo = own?.kind === 'undo';
      const deed = author === 'lull' && own ? (isUndo ? 'undo' : 'phrase') : 'foreign';
      this.#phrases = followPhrases(this.#phrases, edit, deed);
      [fresh = 'changed'] = followPhrases([fresh], edit, 'foreign');
      if (deed === 'phrase' && fresh !== 'changed') {
        count -= 1;
        const piece: Piece = { ...edit, was: own?.replaced[count] ?? '' };
        fresh = { ...fresh, pieces: [piece, ...fresh.pieces] };
      }
      this.#anchors = this.#anchors.map((anchor) =>
        deed === 'foreign' ? moveAnchor(anchor, edit) : advanceAnchor(anchor, edit),
      );
    }
    if (own && own.kind !== 'undo' && authored) {
      this.#phrases = [...this.#phrases, fresh].slice(-MOST_PHRASES);
    }
    this.#anchors = contexts(this.#anchors, read);
    return authored ? 'own' : 'foreign';
  }

  /** Carets moved. */
  caretsAt(offsets: readonly number[], read: ReadText): void {
    const settled = this.#anchors.map((anchor) => settleAnchor(anchor, offsets));
    this.#anchors = contexts(settled, read);
  }

  /** Nothing is selected any more, so nothing is replaced. */
  deselect(): void {
    this.#selected = new Map();
  }

  #previousAt(offset: number, read: ReadText): JoiningPlace['previous'] {
    const last = this.#phrases.at(-1);
    if (last === undefined || last === 'changed' || last.spoken === undefined) return undefined;
    const piece = last.pieces.find((each) => each.offset + each.text.length === offset);
    if (!piece || read(piece.offset, offset) !== piece.text) return undefined;
    return { phrase: last.spoken, typed: piece.text };
  }
}

function readIn(read: ReadText): (edit: TextEdit) => string {
  return ({ offset, length }) => (length === 0 ? '' : read(offset, offset + length));
}

function foreign(edit: TextEdit): AuthoredEdit {
  return { edit, author: 'other' };
}

/** Anchors that edits brought together are one: a phrase is not said twice in one place. */
function contexts(anchors: readonly Anchor[], read: ReadText): readonly Anchor[] {
  const byOffset = new Map(anchors.map((anchor) => [anchor.offset, anchor]));
  return [...byOffset.values()]
    .sort((one, other) => one.offset - other.offset)
    .map((anchor) => withContext(anchor, read));
}
