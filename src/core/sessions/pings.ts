import type { Fault } from '../assemblyai/close-codes.ts';
import type { Clock } from '../ports.ts';

interface Ping {
  readonly mark: number;
  readonly sentAtMs: number;
  /** What had been sent before it. */
  readonly bytes: number;
  readonly terminate: 'sent' | 'not-sent';
}

/** A pong that takes longer says that words may be late or stuck as well. */
const LATE_MS = 3_000;
/** What was stuck comes in a heap when a link heals; the service needs a moment to tell its words. */
const SETTLING_MS = 2_000;
/** Of a peer that answers none, no more pings are remembered. */
const MOST_PINGS = 30;

/**
 * What the other side has received for certain. A pong proves that everything sent before its ping
 * arrived, because a connection keeps the order; that the network took something proves nothing.
 */
export class Arrival {
  readonly #pings: Ping[] = [];
  #lastMark = 0;
  /** How many bytes arrived, and since when this is known; of those that have settled, only the last. */
  readonly #news = [{ bytes: 0, knownAtMs: Number.NEGATIVE_INFINITY }];
  #terminate: 'arrived' | 'unknown' = 'unknown';
  /** Without one pong, its absence says nothing: some proxies swallow pings. */
  #hasPonged = false;
  #healedAtMs = Number.NEGATIVE_INFINITY;

  /** Audio of so many bytes that surely arrived. */
  get bytes(): number {
    return this.#news.at(-1)?.bytes ?? 0;
  }

  /** And of these, what arrived long enough ago for its words to be told. */
  settledBytes(nowMs: number): number {
    const isOld = ({ knownAtMs }: { readonly knownAtMs: number }) =>
      nowMs - knownAtMs >= SETTLING_MS;
    const last = this.#news.findLastIndex(isOld);
    this.#news.splice(0, last);
    return this.#news[0]?.bytes ?? 0;
  }

  get hasTerminate(): boolean {
    return this.#terminate === 'arrived';
  }

  /** A ping is sent; gives the mark for it to carry. */
  pinged(ping: Omit<Ping, 'mark'>): number {
    this.#lastMark += 1;
    this.#pings.push({ ...ping, mark: this.#lastMark });
    if (this.#pings.length > MOST_PINGS) this.#pings.shift();
    return this.#lastMark;
  }

  /** A pong came; it also stands for those that were left out before it. */
  ponged(mark: number, nowMs: number): void {
    const index = this.#pings.findIndex((ping) => ping.mark === mark);
    const ping = this.#pings[index];
    if (!ping) return;
    this.#hasPonged = true;
    if (this.#waitedMs(nowMs) > LATE_MS) this.#healedAtMs = nowMs;
    this.#pings.splice(0, index + 1);
    this.#news.push({ bytes: ping.bytes, knownAtMs: nowMs });
    if (this.#news.length > MOST_PINGS) this.settledBytes(nowMs);
    if (ping.terminate === 'sent') this.#terminate = 'arrived';
  }

  /** False while what was sent may not have arrived, or its answer not yet. */
  isAnswering(nowMs: number): boolean {
    if (this.#hasPonged && this.#waitedMs(nowMs) > LATE_MS) return false;
    return nowMs - this.#healedAtMs >= SETTLING_MS;
  }

  /** For the oldest answer that is missing. */
  #waitedMs(nowMs: number): number {
    return nowMs - (this.#pings[0]?.sentAtMs ?? nowMs);
  }
}

export interface LivenessPorts {
  readonly clock: Clock;
  ping(): void;
  /** An engine on this machine is not lost, only slow. */
  readonly link: 'remote' | 'own';
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
    const { clock, link, ping, onDead } = this.#ports;
    if (link === 'remote' && this.#hasPonged && clock.now() - this.#heardAtMs >= DEAD_AFTER_MS) {
      onDead({ kind: 'stalled' });
      return;
    }
    ping();
    this.#cancel = clock.schedule(PING_EVERY_MS, () => this.#look());
  }
}
