import type { Clock } from '../ports.ts';
import { type Backlog, FRAME_MS } from './backlog.ts';
import { isPauseBefore } from './voice.ts';

/** What the feed needs of a session. */
export interface AudioOutlet {
  readonly bufferedBytes: number;
  sendAudio(pcm: Uint8Array): void;
}

export interface FeedPorts {
  readonly clock: Clock;
  readonly backlog: Backlog;
  /** `as-taken`: as fast as the session takes it, for an engine that has the whole of a file to hear. */
  readonly pace: 'real-time' | 'as-taken';
  /** Whether a link that takes nothing is `given-up`, or `waited-for` because it may only be slow. */
  readonly stalls: 'given-up' | 'waited-for';
  /** So many captured frames are still to be sent. */
  onWaiting(frames: number): void;
  /** So many frames were never sent, because more waited than is kept. */
  onSkipped(frames: number): void;
  /** All captured audio has been sent and no more will come. */
  onEmpty(): void;
  /** The link has taken nothing for `STALL_MS`. */
  onStalled(): void;
}

/** Two seconds of audio waiting in the socket: sending more would only lengthen the queue. */
const FULL_BYTES = 64_000;
const LOOK_AGAIN_MS = 50;
const STALL_MS = 10_000;
/** Recorders deliver in chunks of up to 170 ms; a gap beyond this means that audio stopped coming. */
const AUDIO_GAP_MS = 300;

/** Sends the backlog into the open session, in order, paced, and only as fast as the link takes it. */
export class Feed {
  readonly #ports: FeedPorts;
  #outlet: AudioOutlet | undefined;
  #pacer = new Pacer();
  #next = 0;
  #lastSentAtMs = 0;
  #blockedSinceMs: number | undefined;
  #supply: 'flowing' | 'finished' = 'flowing';
  #cancel: (() => void) | undefined;

  constructor(ports: FeedPorts) {
    this.#ports = ports;
  }

  /** Number of the next frame to send. */
  get next(): number {
    return this.#next;
  }

  /** Whether nobody speaks where the audio is that is being sent, which may be behind. */
  get isAtPause(): boolean {
    return isPauseBefore(this.#next, (number) => this.#ports.backlog.level(number));
  }

  /**
   * Milliseconds of audio sent since the dictation's first sample. While an open session is owed
   * nothing and no audio comes, it follows the clock: a recorder gone quiet must not stop the
   * silence from being counted.
   */
  get sentMs(): number {
    const sentMs = this.#next * FRAME_MS;
    const { clock, backlog } = this.#ports;
    if (!this.#outlet || this.#next < backlog.end) return sentMs;
    const idleMs = clock.now() - this.#lastSentAtMs;
    return idleMs > AUDIO_GAP_MS ? sentMs + idleMs : sentMs;
  }

  /** Goes to frame `number`, or to the oldest one kept; gives back which it is. */
  seek(number: number): number {
    this.#next = number;
    this.#skip();
    return this.#next;
  }

  /** From here, frames go to this session. */
  attach(outlet: AudioOutlet): void {
    this.#outlet = outlet;
    this.#pacer = new Pacer();
    this.#blockedSinceMs = undefined;
    this.#lastSentAtMs = this.#ports.clock.now();
    this.#run();
  }

  detach(): void {
    this.#outlet = undefined;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#tellWaiting();
  }

  /** A frame was added to the backlog. */
  supplied(): void {
    this.#tellWaiting();
    if (this.#cancel === undefined) this.#run();
  }

  /** No frame will be added any more. */
  finish(): void {
    this.#supply = 'finished';
    this.supplied();
  }

  readonly #run = (): void => {
    this.#cancel?.();
    this.#cancel = undefined;
    const { clock, backlog } = this.#ports;
    while (this.#outlet) {
      this.#skip();
      const pcm = backlog.pcm(this.#next);
      if (!pcm) {
        if (this.#supply === 'finished') this.#ports.onEmpty();
        return;
      }
      const nowMs = clock.now();
      if (this.#outlet.bufferedBytes > FULL_BYTES) {
        this.#waitForLink(nowMs);
        return;
      }
      this.#blockedSinceMs = undefined;
      const waitMs = this.#ports.pace === 'real-time' ? this.#pacer.waitMs(nowMs) : 0;
      if (waitMs > 0) {
        this.#later(waitMs);
        return;
      }
      this.#pacer.sent(nowMs);
      this.#lastSentAtMs = nowMs;
      this.#next += 1;
      this.#outlet.sendAudio(pcm);
      this.#tellWaiting();
    }
  };

  /** Without a session, all that is kept may have to be sent again. */
  #tellWaiting(): void {
    const { backlog, onWaiting } = this.#ports;
    onWaiting(backlog.end - (this.#outlet ? this.#next : backlog.first));
  }

  #skip(): void {
    const missing = this.#ports.backlog.first - this.#next;
    if (missing <= 0) return;
    this.#next += missing;
    this.#ports.onSkipped(missing);
  }

  #waitForLink(nowMs: number): void {
    this.#blockedSinceMs ??= nowMs;
    const isWaitedFor = this.#ports.stalls === 'waited-for';
    if (isWaitedFor || nowMs - this.#blockedSinceMs < STALL_MS) this.#later(LOOK_AGAIN_MS);
    else this.#ports.onStalled();
  }

  #later(waitMs: number): void {
    this.#cancel = this.#ports.clock.schedule(waitMs, this.#run);
  }
}

/** The service wants real time; up to 1.25 times is safe, and a little less leaves room for jitter. */
const FASTEST = 1.2;
const INTERVAL_MS = FRAME_MS / FASTEST;

/** A timer may be this late every time and cost nothing: on Windows 16 ms are usual. */
const MADE_UP_FOR_MS = INTERVAL_MS;

/**
 * Says when the next frame may go, so that any stretch of sending is at most one frame ahead of
 * 1.25x. Without making up for late timers, a busy machine would send less than is said.
 */
export class Pacer {
  #next = Number.NEGATIVE_INFINITY;
  #lateness: 'the-timer' | 'the-audio' = 'the-audio';

  /** Milliseconds until the next frame may be sent; 0 or less is now. */
  waitMs(nowMs: number): number {
    const waitMs = this.#next - nowMs;
    if (waitMs > 0) this.#lateness = 'the-timer';
    return waitMs;
  }

  sent(nowMs: number): void {
    const madeUpForMs = this.#lateness === 'the-timer' ? MADE_UP_FOR_MS : 0;
    this.#next = Math.max(this.#next, nowMs - madeUpForMs) + INTERVAL_MS;
    this.#lateness = 'the-audio';
  }
}
