import { addBill, type Bill, listPriceUsd, NOTHING_BILLED } from '../cost/tally.ts';
import type { DictationEvent, EndReason, EngineName } from '../events.ts';
import type { DictationSettings } from '../options.ts';

/** What a dictation has come to so far, over all its sessions. */
export class Outcome {
  readonly #settings: DictationSettings;
  readonly #engine: EngineName;
  #finals = 0;
  #bill: Bill = NOTHING_BILLED;
  readonly #unsaved: string[] = [];
  #pending: string | undefined;

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

  /** Words a session had heard when it was lost; the next one may hear them again. */
  setPending(text: string | undefined): void {
    if (text !== undefined) this.#pending = text;
  }

  toEvent(reason: EndReason): Extract<DictationEvent, { kind: 'end' }> {
    const { model, keyterms } = this.#settings;
    const { billedSeconds } = this.#bill;
    const isFree = this.#engine === 'local';
    const unsaved = [...this.#unsaved, ...(this.#pending === undefined ? [] : [this.#pending])];
    return {
      kind: 'end',
      reason,
      finals: this.#finals,
      ...this.#bill,
      costUsd: isFree ? 0 : listPriceUsd(model, billedSeconds, keyterms.length),
      ...(unsaved.length > 0 ? { unsavedText: unsaved.join(' ') } : {}),
    };
  }
}
