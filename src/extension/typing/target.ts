import type { Utterance } from './compose.ts';
import type { UndoRefusal } from './plan/insertion.ts';

/** What became of a phrase. `reason` is a sentence for people, without a full stop. */
export type Delivery =
  | { readonly kind: 'typed' }
  | { readonly kind: 'refused'; readonly reason: string };

export const TYPED: Delivery = { kind: 'typed' };

/** Where a dictation types. It stays there, wherever the person goes meanwhile. */
export interface Target {
  /** What people call it, where it is not in view or may not be. */
  readonly name?: string;
  /** The turn so far, replaced by the next call; empty takes it away. */
  preview(text: string): void;
  /** Never rejects, and is never called while an earlier call runs. */
  type(utterance: Utterance): Promise<Delivery>;
  /** Takes the last phrase back if it is still as it was typed. */
  undoLast(): Promise<'undone' | UndoRefusal>;
  /** Presses Enter for the person; absent where that would be no sending. */
  send?(): Promise<Delivery>;
  dispose(): void;
}
