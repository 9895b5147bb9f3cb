import type { DictationEnd, DictationEvent } from '../../core/index.ts';
import {
  heedFinal,
  maySend,
  type Sending,
  type StoppedBy,
  type SubmitMode,
} from '../../text/index.ts';
import type { Target } from '../typing/target.ts';

/** Presses Enter when a dictation ends, where the person wants that and it sends something. */
export class Enter {
  readonly #target: Target;
  readonly #mode: SubmitMode;
  #sending: Sending = { kind: 'off' };
  #stoppedBy: StoppedBy = 'nobody';

  constructor(target: Target, mode: SubmitMode) {
    this.#target = target;
    this.#mode = mode;
  }

  /** What becomes of the words when the dictation ends. */
  get hangUp(): 'stops' | 'sends' {
    return this.#sending.kind === 'on' ? 'sends' : 'stops';
  }

  /** The event without the words that ask to send, which are for Lull and nobody else. */
  heed(event: DictationEvent): DictationEvent {
    if (event.type !== 'final' || !this.#target.send) return event;
    const { sending, final } = heedFinal(this.#mode, { sending: this.#sending, final: event });
    this.#sending = sending;
    return final;
  }

  /** Only a stop that is the person's own wish sends. The first one counts. */
  stopped(by: Exclude<StoppedBy, 'nobody'>): void {
    if (this.#stoppedBy === 'nobody') this.#stoppedBy = by;
  }

  /** Who wants to say more does not want it sent yet. */
  putOff(): void {
    this.#sending = { kind: 'off' };
  }

  /** With all phrases typed. Gives the reason where it was wanted and could not be. */
  async press(end: DictationEnd): Promise<string | undefined> {
    if (!this.#target.send || !maySend(this.#sending, end, this.#stoppedBy)) return undefined;
    const delivery = await this.#target.send();
    return delivery.kind === 'refused' ? delivery.reason : undefined;
  }
}
