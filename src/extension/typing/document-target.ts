import {
  type Disposable,
  EndOfLine,
  l10n,
  Range,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import type { Clock } from '../../core/index.ts';
import { applyEdits } from './apply-edits.ts';
import { composer, namer, SILENT, type Speech, type Utterance } from './compose.ts';
import type { GhostText } from './ghost-text.ts';
import { type Compose, Insertion, type UndoRefusal } from './plan/insertion.ts';
import { lineBreakEdits, type TextEdit } from './plan/text-edit.ts';
import { type Delivery, type Target, TYPED } from './target.ts';
import { View } from './view.ts';

/** An edit made for a version that is no more is planned anew, so often. */
const MOST_TRIES = 20;
/** How long the change that outran an edit may take to be heard of. */
const CHANGE_LIMIT_MS = 100;

export interface DocumentPlaces {
  readonly document: TextDocument;
  readonly offsets: readonly number[];
  /** Lengths of the selections that end at places, which the first phrase replaces. */
  readonly selected?: ReadonlyMap<number, number>;
}

/** What targets share. */
export interface TargetTools {
  readonly ghost: GhostText;
  readonly clock: Clock;
  readonly speech?: Speech;
  readonly names?: Names;
}

/** The names of the project that a phrase may mean. */
export interface Names {
  readonly files: readonly string[];
  symbolsAt(document: TextDocument, offset: number): readonly string[];
}

/** Types at fixed places of a document, which follow every edit of it, whoever makes it. */
export class DocumentTarget implements Target {
  readonly #document: TextDocument;
  readonly #insertion: Insertion;
  readonly #tools: TargetTools;
  readonly #view: View;
  readonly #watching: readonly Disposable[];
  #preview = '';
  #shown: 'nothing' | 'something' = 'nothing';
  #landed: 'waiting' | 'landed' = 'waiting';
  #lineBreak: '\n' | '\r\n';
  #onChange = () => {};

  constructor({ document, offsets, selected }: DocumentPlaces, tools: TargetTools) {
    this.#document = document;
    this.#tools = tools;
    this.#insertion = new Insertion(offsets, this.#read, selected);
    this.#lineBreak = lineBreakOf(document);
    this.#view = new View(document);
    this.#watching = [
      this.#view,
      workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#caretsMoved(textEditor)),
      window.onDidChangeVisibleTextEditors(() => this.#drawPreview()),
    ];
  }

  preview(text: string): void {
    this.#preview = text;
    this.#drawPreview();
  }

  async type(utterance: Utterance): Promise<Delivery> {
    this.#view.note(this.#insertion.offsets.at(-1));
    const spoken = utterance.kind === 'words' ? utterance.text : undefined;
    const landed = await this.#edit(() =>
      this.#insertion.planPhrase(this.#compose(utterance), this.#read, spoken),
    );
    if (landed === 'landed') {
      if (utterance.kind === 'words' && utterance.words !== 'literal') await this.#writeNames();
      this.#view.follow(this.#insertion.offsets.at(-1));
      return TYPED;
    }
    return {
      kind: 'refused',
      reason: this.#document.isClosed
        ? l10n.t('The document was closed')
        : l10n.t('The document takes no changes'),
    };
  }

  /** In a step of its own, so that undoing it gives what was heard. */
  async #writeNames(): Promise<void> {
    const { names } = this.#tools;
    const at = this.#insertion.offsets.at(-1);
    if (names === undefined || at === undefined) return;
    const symbols = names.symbolsAt(this.#document, at);
    const { languageId } = this.#document;
    await this.#edit(() => this.#insertion.planRewrite(namer(languageId, symbols), this.#read));
  }

  async undoLast(): Promise<'undone' | UndoRefusal> {
    if (this.#document.isClosed) return 'nothing-inserted';
    let refusal: UndoRefusal | undefined;
    const landed = await this.#edit(() => {
      const plan = this.#insertion.planUndo(this.#read);
      if (typeof plan !== 'string') return plan;
      refusal = plan;
      return [];
    });
    return refusal ?? (landed === 'landed' ? 'undone' : 'changed-since');
  }

  dispose(): void {
    this.preview('');
    for (const each of this.#watching) each.dispose();
  }

  /** Plans again whenever somebody else's edit came first. */
  async #edit(plan: () => readonly TextEdit[]): Promise<'landed' | 'refused'> {
    for (let tries = 0; tries < MOST_TRIES && !this.#document.isClosed; tries += 1) {
      const edits = plan();
      if (edits.length === 0) return 'refused';
      this.#landed = 'waiting';
      const version = this.#document.version;
      const answer = await applyEdits(this.#document, edits);
      if (this.#hasLanded()) return 'landed';
      // A read-only editor accepts every edit and carries none of them out.
      if (answer === 'accepted' && this.#document.version === version) return 'refused';
      if (this.#document.version === version) await this.#nextChange();
    }
    return 'refused';
  }

  /** The rules of joining know one kind of line break; the document has its own. */
  #compose(utterance: Utterance): Compose {
    const { languageId } = this.#document;
    const compose = composer(utterance, { languageId }, this.#tools.speech ?? SILENT);
    return ({ left, right, previous }) => {
      const joined = compose({
        left: left.replaceAll('\r\n', '\n'),
        right: right.replaceAll('\r\n', '\n'),
        ...(previous ? { previous } : {}),
      });
      return { ...joined, text: joined.text.replaceAll('\n', lineBreakOf(this.#document)) };
    };
  }

  #hasLanded(): boolean {
    return this.#landed === 'landed';
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#tools.clock.schedule(CHANGE_LIMIT_MS, resolve);
      this.#onChange = () => {
        cancel();
        resolve();
      };
    });
  }

  #changed(event: TextDocumentChangeEvent): void {
    if (event.document !== this.#document || event.contentChanges.length === 0) return;
    if (this.#insertion.edited(this.#editsOf(event), this.#read) === 'own') {
      this.#landed = 'landed';
    }
    this.#onChange();
    this.#drawPreview();
  }

  /** Other line breaks come as one new text of the whole document, in which no place could be found. */
  #editsOf({ document, contentChanges }: TextDocumentChangeEvent): readonly TextEdit[] {
    const before = this.#lineBreak;
    this.#lineBreak = lineBreakOf(document);
    if (before !== this.#lineBreak && contentChanges.length === 1) {
      return lineBreakEdits(document.getText(), this.#lineBreak);
    }
    return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      text,
    }));
  }

  #caretsMoved({ document, selections }: TextEditor): void {
    if (document !== this.#document) return;
    if (selections.every(({ isEmpty }) => isEmpty)) this.#insertion.deselect();
    const carets = selections.map(({ active }) => document.offsetAt(active));
    this.#insertion.caretsAt(carets, this.#read);
    this.#drawPreview();
  }

  #drawPreview(): void {
    if (this.#document.isClosed) return;
    const isEmpty = this.#preview.trim() === '';
    if (isEmpty && this.#shown === 'nothing') return;
    this.#shown = isEmpty ? 'nothing' : 'something';
    const pieces = isEmpty
      ? []
      : this.#insertion.piecesOf(this.#compose({ kind: 'words', text: this.#preview }), this.#read);
    this.#tools.ghost.show(this.#document, pieces);
  }

  readonly #read = (start: number, end: number): string =>
    this.#document.getText(
      new Range(this.#document.positionAt(start), this.#document.positionAt(end)),
    );
}

function lineBreakOf({ eol }: TextDocument): '\n' | '\r\n' {
  return eol === EndOfLine.CRLF ? '\r\n' : '\n';
}
