import type { DictationEvent, EndReason, EngineName } from '../events.ts';
import type { DictationSettings } from '../options.ts';
import { addBill, type Bill, listPriceUsd, NOTHING_BILLED } from './tally.ts';

/** What a dictation has come to so far, over all its sessions. */
export class Outcome {
  readonly #settings: DictationSettings;
  readonly #engine: EngineName;
  #finals = 0;
  #bill: Bill = NOTHING_BILLED;
  readonly #unsaved: string[] = [];
  #pending: { readonly text: string; readonly endMs: number } | undefined;

  constructor(settings: DictationSettings, engine: EngineName) {
    this.#settings = settings;
    this.#engine = engine;
  }

  /** Finals delivered, which is also the number the next one gets. */
  get finals(): number {
    return this.#finals;
  }

  addFinal(): void {
    this.#finals += 1;
    this.#pending = undefined;
  }

  addSession(bill: Bill): void {
    this.#bill = addBill(this.#bill, bill);
  }

  /** Words that a later session will not hear again. */
  leaveUnsaved(text: string): void {
    this.#unsaved.push(text);
  }

  /**
   * Words up to `endMs` that a session had heard when it was lost; the next one may hear them again.
   * One that is lost sooner than the one before it must not make them fewer.
   */
  setPending(text: string, endMs: number): void {
    if (endMs >= (this.#pending?.endMs ?? 0)) this.#pending = { text, endMs };
  }

  toEvent(reason: EndReason): Extract<DictationEvent, { type: 'end' }> {
    const { model, keyterms } = this.#settings;
    const { billedSeconds } = this.#bill;
    const isFree = this.#engine === 'local';
    const unsaved = [...this.#unsaved, ...(this.#pending ? [this.#pending.text] : [])];
    return {
      type: 'end',
      reason,
      finals: this.#finals,
      ...this.#bill,
      costUsd: isFree ? 0 : listPriceUsd(model, billedSeconds, keyterms.length),
      ...(unsaved.length > 0 ? { unsavedText: unsaved.join(' ') } : {}),
    };
  }
}
