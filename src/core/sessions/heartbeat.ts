import type { Fault } from '../assemblyai/close-codes.ts';
import type { Clock } from '../ports.ts';

export interface LivenessPorts {
  readonly clock: Clock;
  ping(): void;
  onDead(fault: Fault): void;
}

const PING_EVERY_MS = 2_000;
/** Ten seconds to find a half-open link: this, and the wait for the next look. */
const DEAD_AFTER_MS = 8_000;
/** Word by word, a fast speaker makes 5 messages a second. */
const MOST_MESSAGES_A_SECOND = 1_000;

/** Finds a link that neither carries data nor closes, and a peer that never stops talking. */
export class Liveness {
  readonly #ports: LivenessPorts;
  #heardAtMs = 0;
  /** Without one pong, its absence says nothing: some proxies swallow pings. */
  #hasPonged = false;
  #secondBeganAtMs = 0;
  #messages = 0;
  #cancel = () => {};

  constructor(ports: LivenessPorts) {
    this.#ports = ports;
  }

  start(): void {
    this.#heardAtMs = this.#ports.clock.now();
    this.#look();
  }

  stop(): void {
    this.#cancel();
  }

  heard(what: 'message' | 'pong'): void {
    const nowMs = this.#ports.clock.now();
    this.#heardAtMs = nowMs;
    if (what === 'pong') {
      this.#hasPonged = true;
      return;
    }
    if (nowMs - this.#secondBeganAtMs >= 1_000) {
      this.#secondBeganAtMs = nowMs;
      this.#messages = 0;
    }
    this.#messages += 1;
    if (this.#messages === MOST_MESSAGES_A_SECOND) this.#ports.onDead({ kind: 'flooded' });
  }

  #look(): void {
    const { clock, ping, onDead } = this.#ports;
    if (this.#hasPonged && clock.now() - this.#heardAtMs >= DEAD_AFTER_MS) {
      onDead({ kind: 'stalled' });
      return;
    }
    ping();
    this.#cancel = clock.schedule(PING_EVERY_MS, () => this.#look());
  }
}
