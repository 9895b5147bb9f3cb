import {
  type AudioListener,
  asDictationError,
  type Clock,
  type DictationError,
  type RunningAudio,
  SAMPLE_RATE_HZ,
} from '../../core/index.ts';

const PIECE_MS = 50;
const PIECE_BYTES = (SAMPLE_RATE_HZ * 2 * PIECE_MS) / 1_000;

/** As a microphone would give it, or as fast as it is taken. */
export type Pace = 'real-time' | 'as-taken';

export interface StoredAudio {
  readonly clock: Clock;
  readonly listener: AudioListener;
  /** PCM in blocks of any length, read as it is needed; ended early on a stop. */
  readonly pcm: AsyncGenerator<Uint8Array, void, undefined>;
  readonly pace: Pace;
  /** Lets go of what the PCM is read from: a read that waits for more is not waited for. */
  close?(): void;
}

/**
 * Delivers PCM that waits until it is wanted. At real time each 50 ms come when they are over, by
 * the clock and not by counting timers, so that a late timer is made up for and nothing drifts.
 */
export function startStoredAudio(stored: StoredAudio): RunningAudio {
  const { clock, listener, pcm, pace } = stored;
  let ended = false;
  /** When the first sample was, or would have been without pauses, due. */
  let startedMs = clock.now();
  let pausedMs: number | undefined;
  let deliveredBytes = 0;
  let next: Uint8Array | undefined;
  let cancel = () => {};

  const end = (failure?: DictationError) => {
    if (ended) return;
    ended = true;
    cancel();
    // What is read is closed by the generator; that it fails to close changes nothing any more.
    pcm.return().catch(() => {});
    stored.close?.();
    queueMicrotask(() =>
      listener.onEnd(failure ? { kind: 'failed', error: failure } : { kind: 'ended' }),
    );
  };

  const pieces = pace === 'real-time' ? cut(pcm) : pcm;
  const read = async () => {
    const piece = await pieces.next();
    if (ended) return;
    if (piece.done) return end();
    next = piece.value;
    schedule();
  };
  const readOrFail = () => {
    read().catch((cause: unknown) =>
      end(asDictationError(cause, 'Reading the audio failed unexpectedly')),
    );
  };

  const schedule = () => {
    if (next === undefined || pausedMs !== undefined) return;
    if (pace === 'as-taken') return deliver();
    const overMs = ((deliveredBytes + next.length) / PIECE_BYTES) * PIECE_MS;
    cancel = clock.schedule(Math.max(0, startedMs + overMs - clock.now()), deliver);
  };
  const deliver = () => {
    if (next === undefined) return;
    const piece = next;
    next = undefined;
    deliveredBytes += piece.length;
    if (piece.length > 0) listener.onAudio(piece);
    if (!ended) readOrFail();
  };

  readOrFail();
  return {
    stop: () => end(),
    abort: () => end(),
    setPaused(state) {
      if (ended || (state === 'paused') === (pausedMs !== undefined)) return;
      if (pausedMs === undefined) {
        pausedMs = clock.now();
        cancel();
      } else {
        startedMs += clock.now() - pausedMs;
        pausedMs = undefined;
        schedule();
      }
    },
  };
}

async function* cut(pcm: AsyncGenerator<Uint8Array, void, undefined>) {
  let rest = new Uint8Array(0);
  for await (const block of pcm) {
    const joined = new Uint8Array(rest.length + block.length);
    joined.set(rest);
    joined.set(block, rest.length);
    let place = 0;
    for (; place + PIECE_BYTES <= joined.length; place += PIECE_BYTES) {
      yield joined.slice(place, place + PIECE_BYTES);
    }
    rest = joined.slice(place);
  }
  if (rest.length > 0) yield rest;
}
