import type { Turn } from '../assemblyai/messages.ts';
import { addBill, type Bill, listPriceUsd, NOTHING_BILLED } from '../cost/tally.ts';
import type { DictationEvent, EndReason, EngineName } from '../events.ts';
import type { DictationSettings } from '../options.ts';
import { finalText } from '../turns/turns.ts';

/** What a dictation has come to so far, over all its sessions. */
export class Outcome {
  readonly #settings: DictationSettings;
  readonly #engine: EngineName;
  #finals = 0;
  #bill: Bill = NOTHING_BILLED;
  readonly #unsaved: string[] = [];

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
  }

  addSession(bill: Bill, unsaved: Turn | undefined): void {
    this.#bill = addBill(this.#bill, bill);
    if (unsaved) this.#unsaved.push(finalText(unsaved));
  }

  toEvent(reason: EndReason): Extract<DictationEvent, { kind: 'end' }> {
    const { model, keyterms } = this.#settings;
    const { billedSeconds } = this.#bill;
    const isFree = this.#engine === 'local';
    return {
      kind: 'end',
      reason,
      finals: this.#finals,
      ...this.#bill,
      costUsd: isFree ? 0 : listPriceUsd(model, billedSeconds, keyterms.length),
      ...(this.#unsaved.length > 0 ? { unsavedText: this.#unsaved.join(' ') } : {}),
    };
  }
}
