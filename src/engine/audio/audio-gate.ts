import type { Refusal } from '../refusal.ts';

/**
 * `real-time`: as fast as it is spoken, which is what the service takes. `as-decoded`: a recording
 * may come as fast as this machine hears it.
 */
export type AudioPace = 'real-time' | 'as-decoded';

const SHORTEST_FRAME_MS = 50;
const LONGEST_FRAME_MS = 1_000;
/** Frames of 20 ms were accepted 48 times by the service (live, 2026-09), so a short tail is harmless. */
const SHORT_FRAMES_TOLERATED_MS = 960;
/** A client may have kept 30 s before `Begin` and send them at once; the rest is for a hasty clock. */
const AHEAD_TOLERATED_MS = 35_000;

/** Judges audio frames by their length and by how fast they come. */
export class AudioGate {
  readonly #openedAtMs: number;
  readonly #pace: AudioPace;
  /** Of the short frames that came one after the other. */
  #shortMs = 0;
  #audioMs = 0;

  constructor(openedAtMs: number, pace: AudioPace) {
    this.#openedAtMs = openedAtMs;
    this.#pace = pace;
  }

  /** All audio that was let in. */
  get audioMs(): number {
    return this.#audioMs;
  }

  /** Takes a frame of `frameMs` that came at `nowMs`, or says why the session must end. */
  admit(frameMs: number, nowMs: number): Refusal | undefined {
    // An empty frame counts a little, or a client could send them for ever.
    this.#shortMs = frameMs < SHORTEST_FRAME_MS ? this.#shortMs + Math.max(frameMs, 1) : 0;
    if (frameMs > LONGEST_FRAME_MS || this.#shortMs > SHORT_FRAMES_TOLERATED_MS) {
      return inputDuration(frameMs);
    }
    this.#audioMs += frameMs;
    const elapsedMs = nowMs - this.#openedAtMs;
    if (this.#pace === 'as-decoded' || this.#audioMs - elapsedMs <= AHEAD_TOLERATED_MS) {
      return undefined;
    }
    const received = seconds(this.#audioMs);
    return {
      code: 3007,
      text: `Audio Transmission Rate Exceeded: Received ${received} sec. audio in ${seconds(elapsedMs)} sec`,
    };
  }
}

function inputDuration(frameMs: number): Refusal {
  const violation = `${Number(frameMs.toFixed(1))} ms. Expected between ${SHORTEST_FRAME_MS} and ${LONGEST_FRAME_MS} ms`;
  return { code: 3007, text: `Input Duration Error: Input Duration Violation: ${violation}` };
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(2);
}
