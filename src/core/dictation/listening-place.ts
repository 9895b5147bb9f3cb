import type { DictationTrace } from '../events.ts';
import type { AudioSource, Clock } from '../ports.ts';

export interface ListeningPlacePorts {
  readonly clock: Clock;
  readonly sound: AudioSource['kind'];
  onTrace(trace: DictationTrace): void;
}

/** An engine that is this far behind somebody who speaks is said to be. */
const BEHIND_MS = 2_000;
const STEP_MS = 1_000;

/** Tells by whole seconds how far the listening is: how far behind a person, or into a recording. */
export class ListeningPlace {
  readonly #ports: ListeningPlacePorts;
  #toldBehindMs = 0;
  #toldHeardMs = 0;
  #beganAtMs: number | undefined;

  constructor(ports: ListeningPlacePorts) {
    this.#ports = ports;
  }

  /** There is a session to listen; from the first one on, the time is taken. */
  sessionLeads(): void {
    this.#beganAtMs ??= this.#ports.clock.now();
  }

  /** It has so much still to listen to: as it falls behind, and as it catches up. */
  behind(ms: number): void {
    if (this.#ports.sound !== 'live') return;
    const behindMs = ms < BEHIND_MS ? 0 : Math.round(ms / STEP_MS) * STEP_MS;
    if (behindMs === this.#toldBehindMs) return;
    this.#toldBehindMs = behindMs;
    this.#ports.onTrace({ type: 'behind', behindMs });
  }

  /** More was listened to; what has to be heard again after a lost connection is no news. */
  heard(listenedMs: () => number): void {
    const { clock, sound, onTrace } = this.#ports;
    if (sound !== 'stored' || this.#beganAtMs === undefined) return;
    const audioMs = Math.floor(listenedMs() / STEP_MS) * STEP_MS;
    if (audioMs <= this.#toldHeardMs) return;
    this.#toldHeardMs = audioMs;
    onTrace({ type: 'heard', audioMs, tookMs: clock.now() - this.#beganAtMs });
  }
}
