import type { Socket } from 'node:net';
import type { Clock } from '../../../src/core/ports.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { LinkShape } from './chaos-plan.ts';

/** Waiting for the rest of a message longer than this would be a delay and no coalescing. */
const COALESCE_MS = 120;
/** What a network holds before it makes the sender wait. */
const FULL_BYTES = 64_000;

export interface LinkPorts {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly shape: LinkShape;
  readonly from: Socket;
  readonly to: Socket;
  /** Bytes moved on. */
  onMoved(): void;
}

interface Piece {
  readonly bytes: Uint8Array;
  readonly dueMs: number;
}

/** One direction of a connection: keeps the bytes and their order, and nothing else. */
export class ChaosLink {
  readonly #ports: LinkPorts;
  /** Of this moment; the system hands over in many pieces or one, as it likes. */
  #arrived: Uint8Array[] = [];
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #lastDueMs = 0;
  #state: 'flowing' | 'stalled' | 'closed' = 'flowing';
  #ending: 'none' | 'pending' = 'none';
  #cancel = () => {};

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    ports.from.on('data', (bytes: Uint8Array) => this.#take(bytes));
  }

  stall(): void {
    if (this.#state === 'flowing') this.#state = 'stalled';
  }

  flow(): void {
    if (this.#state !== 'stalled') return;
    this.#state = 'flowing';
    this.#run();
  }

  /** The sender has closed: so does the other end, once it has got everything. */
  finish(): void {
    this.#ending = 'pending';
    this.#run();
  }

  close(): void {
    this.#state = 'closed';
    this.#cancel();
    this.#queue = [];
  }

  #take(bytes: Uint8Array): void {
    const { clock, onMoved } = this.#ports;
    onMoved();
    if (this.#arrived.length === 0) clock.schedule(0, () => this.#enqueue());
    this.#arrived.push(bytes);
  }

  #enqueue(): void {
    const { clock, shape, from } = this.#ports;
    const bytes = Buffer.concat(this.#arrived);
    this.#arrived = [];
    if (this.#state === 'closed') return;
    for (const piece of this.#pieces(bytes)) {
      const { delayMs, bytesPerSecond, pieces } = shape;
      const heldMs = pieces === 'coalesced' ? COALESCE_MS : 0;
      const takesMs = bytesPerSecond === undefined ? 0 : (piece.length / bytesPerSecond) * 1_000;
      const startMs = Math.max(this.#lastDueMs, clock.now() + delayMs + heldMs);
      this.#lastDueMs = startMs + takesMs;
      this.#queue.push({ bytes: piece, dueMs: this.#lastDueMs });
      this.#queuedBytes += piece.length;
    }
    if (this.#queuedBytes > FULL_BYTES) from.pause();
    this.#run();
  }

  #pieces(bytes: Uint8Array): readonly Uint8Array[] {
    if (this.#ports.shape.pieces !== 'split') return [bytes];
    const cut = this.#ports.random.between(1, Math.max(1, bytes.length - 1));
    return [bytes.subarray(0, cut), bytes.subarray(cut)].filter(({ length }) => length > 0);
  }

  #run(): void {
    this.#cancel();
    const { clock, from, to, onMoved } = this.#ports;
    while (this.#state === 'flowing') {
      const [piece] = this.#queue;
      if (!piece) {
        if (this.#ending === 'pending' && this.#arrived.length === 0) to.destroy();
        return;
      }
      const waitMs = piece.dueMs - clock.now();
      if (waitMs > 0) {
        this.#cancel = clock.schedule(waitMs, () => this.#run());
        return;
      }
      this.#queue.shift();
      this.#queuedBytes -= piece.bytes.length;
      if (this.#queuedBytes <= FULL_BYTES) from.resume();
      onMoved();
      to.write(piece.bytes);
    }
  }
}
