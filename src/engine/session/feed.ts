import { SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { AudioDecoder } from '../audio/audio-decoder.ts';
import type { Recognizer } from '../recognizer.ts';
import { Inbox } from './inbox.ts';
import type { SettingsUpdate } from './session-settings.ts';

/** What is to be done, in the order in which it came. */
export type Work =
  | { readonly kind: 'audio'; readonly frame: Uint8Array }
  | { readonly kind: 'update'; readonly update: SettingsUpdate }
  | { readonly kind: 'force-endpoint' }
  | { readonly kind: 'finish' };

export interface FeedPorts {
  readonly decoder: AudioDecoder;
  /** More waits than is good: the client is not read from until there is room. */
  setReading(state: 'paused' | 'running'): void;
  onUpdate(update: SettingsUpdate): void;
  /** All that came before has been heard, and its turn is over. */
  onFinished(): void;
}

/** The recognizer never waits for audio while there is some, and the rest stays in the inbox. */
const WELL_FED_MS = 1_000;

/**
 * Gives a recognizer what a client sent: one thing after the other, and no faster than it hears.
 * What one frame asks for is done before the next is looked at.
 */
export class Feed {
  readonly #ports: FeedPorts;
  readonly #inbox = new Inbox<Work>();
  #recognizer: Recognizer | undefined;
  #work: 'idle' | 'busy' = 'idle';
  #fedMs = 0;
  #heardMs = 0;

  constructor(ports: FeedPorts) {
    this.#ports = ports;
  }

  /** Whether anything that came is still to be heard. */
  get isBehind(): boolean {
    return !this.#inbox.isEmpty || this.#fedMs - this.#heardMs >= 1;
  }

  attach(recognizer: Recognizer): void {
    this.#recognizer = recognizer;
    void this.#workOff();
  }

  add(work: Work, bytes: number): void {
    this.#inbox.push(work, bytes);
    if (this.#inbox.isFull) this.#ports.setReading('paused');
    void this.#workOff();
  }

  /** The recognizer has heard so much of what it was given. */
  heard(heardMs: number): void {
    this.#heardMs = heardMs;
    void this.#workOff();
  }

  /** Gives the recognizer back and forgets what waits. May be called twice. */
  close(): void {
    this.#recognizer?.close();
    this.#recognizer = undefined;
    this.#inbox.clear();
    // A socket that is not read does not see that the other side closes.
    this.#ports.setReading('running');
  }

  /** Works until there is no more, or the recognizer has enough to do. */
  async #workOff(): Promise<void> {
    if (this.#work === 'busy') return;
    this.#work = 'busy';
    while (this.#recognizer && this.#fedMs - this.#heardMs < WELL_FED_MS) {
      const work = this.#inbox.take();
      if (!work) break;
      if (this.#inbox.hasRoom) this.#ports.setReading('running');
      await this.#do(work, this.#recognizer);
    }
    this.#work = 'idle';
  }

  async #do(work: Work, recognizer: Recognizer): Promise<void> {
    switch (work.kind) {
      case 'audio':
        return this.#give(recognizer, this.#ports.decoder.decode(work.frame));
      case 'update':
        return this.#ports.onUpdate(work.update);
      case 'force-endpoint':
        return recognizer.endTurn();
      case 'finish':
        this.#give(recognizer, this.#ports.decoder.flush());
        await recognizer.endTurn();
        if (this.#recognizer) this.#ports.onFinished();
        return;
      default:
        return work satisfies never;
    }
  }

  #give(recognizer: Recognizer, samples: Float32Array): void {
    this.#fedMs += (samples.length / SAMPLE_RATE_HZ) * 1_000;
    recognizer.accept(samples);
  }
}
