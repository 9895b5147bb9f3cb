import type { Clock } from '../../core/index.ts';
import type { WireHeartbeat } from '../../protocol/index.ts';
import type { Progress } from '../recognizer.ts';

/** Twenty times as often as the service, so that a client knows how far behind this machine is. */
const EVERY_MS = 250;

export interface HeartbeatPorts {
  readonly clock: Clock;
  /** All audio that came in. */
  receivedMs(): number;
  send(message: WireHeartbeat): void;
}

/** Tells a client that asks for it how much audio came in and how much of it has been decoded. */
export class Heartbeat {
  readonly #ports: HeartbeatPorts;
  readonly #beganAtMs: number;
  #heardMs = 0;
  #speech = 0;
  #cancel: (() => void) | undefined;

  constructor(ports: HeartbeatPorts) {
    this.#ports = ports;
    this.#beganAtMs = ports.clock.now();
  }

  heard({ heardMs, speech }: Progress): void {
    this.#heardMs = heardMs;
    this.#speech = Math.max(this.#speech, speech);
  }

  /** May be called in any order and twice. */
  set(state: 'sent' | 'none'): void {
    if (state === 'none') {
      this.#cancel?.();
      this.#cancel = undefined;
    } else if (!this.#cancel) this.#schedule();
  }

  #schedule(): void {
    this.#cancel = this.#ports.clock.schedule(EVERY_MS, () => {
      this.#schedule();
      this.#beat();
    });
  }

  #beat(): void {
    const { clock, receivedMs, send } = this.#ports;
    const speech = this.#speech;
    this.#speech = 0;
    const elapsedMs = clock.now() - this.#beganAtMs;
    send({
      type: 'Heartbeat',
      total_audio_received_ms: Math.round(receivedMs()),
      total_duration_ms: Math.round(this.#heardMs),
      realtime_factor: Number((receivedMs() / elapsedMs).toFixed(3)),
      max_speech_probability: speech,
    });
  }
}
