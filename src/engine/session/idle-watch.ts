import type { Clock } from '../../core/index.ts';
import type { Refusal } from '../refusal.ts';

/** A client that sends no audio for so long was forgotten, whatever else it sends. */
const LONGEST_WITHOUT_AUDIO_MS = 300_000;

export interface IdlePorts {
  readonly clock: Clock;
  /** How long the client may be silent; it asked for this itself, or for nothing. */
  readonly timeoutMs: number | undefined;
  /** While what the client sent is still worked on, it is not the client who is late. */
  isBusy(): boolean;
  onIdle(refusal: Refusal): void;
}

/** Ends a session nobody uses, because there are few and others want one. */
export class IdleWatch {
  readonly #ports: IdlePorts;
  #heardAtMs: number;
  #audioAtMs: number;
  #cancel: () => void = () => {};

  constructor(ports: IdlePorts) {
    this.#ports = ports;
    this.#heardAtMs = ports.clock.now();
    this.#audioAtMs = this.#heardAtMs;
    this.#look();
  }

  heard(what: 'audio' | 'message'): void {
    this.#heardAtMs = this.#ports.clock.now();
    if (what === 'audio') this.#audioAtMs = this.#heardAtMs;
  }

  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const { clock, timeoutMs, isBusy, onIdle } = this.#ports;
    if (isBusy()) this.heard('audio');
    const nowMs = clock.now();
    const messagesDueMs = this.#heardAtMs + (timeoutMs ?? Number.POSITIVE_INFINITY);
    const audioDueMs = this.#audioAtMs + LONGEST_WITHOUT_AUDIO_MS;
    const waitMs = Math.min(messagesDueMs, audioDueMs) - nowMs;
    if (waitMs > 0) {
      this.#cancel = clock.schedule(waitMs, () => this.#look());
      return;
    }
    const why =
      messagesDueMs <= audioDueMs
        ? `No messages received for ${(timeoutMs ?? 0) / 1_000} seconds`
        : `No audio received for ${LONGEST_WITHOUT_AUDIO_MS / 1_000} seconds`;
    onIdle({ code: 3006, text: `Session terminated due to inactivity: ${why}` });
  }
}
