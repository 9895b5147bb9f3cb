import type { Conversation } from './conversation.ts';

/** Sessions told to end without a word. Only their bills count; a dictation is over when they are. */
export class Departures {
  readonly #leaving = new Set<Conversation>();
  #onceGone = () => {};

  add(conversation: Conversation | undefined): void {
    if (!conversation) return;
    this.#leaving.add(conversation);
    conversation.discard();
  }

  gone(conversation: Conversation): void {
    this.#leaving.delete(conversation);
    if (this.#leaving.size > 0) return;
    const run = this.#onceGone;
    this.#onceGone = () => {};
    run();
  }

  /** At once, where nobody is leaving; within half a second otherwise. */
  whenGone(run: () => void): void {
    if (this.#leaving.size === 0) run();
    else this.#onceGone = run;
  }
}
