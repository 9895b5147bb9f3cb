import type { AudioListener, AudioSource, Clock, RunningAudio } from '../../../src/core/ports.ts';
import { startStoredAudio } from '../../../src/host/audio-file/stored-audio.ts';
import { FRAME_BYTES, FRAME_MS, frameOf, type Talk } from './spoken-audio.ts';

export interface TalkSourceOptions {
  readonly clock: Clock;
  readonly talk: Talk;
  readonly kind: AudioSource['kind'];
  readonly chunkBytes: number;
}

/** Speaks a talk: as a file that ends with it, or as a microphone that goes on in the quiet room. */
export class TalkSource implements AudioSource {
  readonly kind: AudioSource['kind'];
  readonly name = 'talk';
  /** Milliseconds of the talk that were handed over. */
  givenMs = 0;
  readonly #options: TalkSourceOptions;

  constructor(options: TalkSourceOptions) {
    this.kind = options.kind;
    this.#options = options;
  }

  start(to: AudioListener): RunningAudio {
    const listener: AudioListener = {
      onAudio: (pcm) => {
        this.givenMs += pcm.length / 32;
        to.onAudio(pcm);
      },
      onEnd: (ending) => to.onEnd(ending),
      onWarning: (code, message) => to.onWarning(code, message),
    };
    const { clock } = this.#options;
    if (this.kind === 'live') return this.#startMicrophone(listener);
    return startStoredAudio({ clock, listener, pcm: this.#file(), pace: 'real-time' });
  }

  async *#file(): AsyncGenerator<Uint8Array, void, undefined> {
    const { talk } = this.#options;
    for (let number = 0; number * FRAME_MS < talk.lengthMs; number += 1) {
      yield frameOf(talk, number);
    }
  }

  /** Chunks of a size that has nothing to do with frames, as recorders give them. */
  #startMicrophone(listener: AudioListener): RunningAudio {
    const { clock, talk, chunkBytes } = this.#options;
    const startedMs = clock.now();
    let givenBytes = 0;
    let state: 'running' | 'ended' = 'running';
    let cancel = () => {};
    const next = () => {
      const pcm = new Uint8Array(chunkBytes);
      for (let offset = 0; offset < chunkBytes; ) {
        const at = givenBytes + offset;
        const frame = frameOf(talk, Math.floor(at / FRAME_BYTES));
        const piece = frame.subarray(at % FRAME_BYTES).subarray(0, chunkBytes - offset);
        pcm.set(piece, offset);
        offset += piece.length;
      }
      givenBytes += chunkBytes;
      listener.onAudio(pcm);
      if (state === 'running') wait();
    };
    const wait = () => {
      const dueMs = startedMs + (givenBytes + chunkBytes) / 32;
      cancel = clock.schedule(Math.max(0, dueMs - clock.now()), next);
    };
    const end = () => {
      if (state === 'ended') return;
      state = 'ended';
      cancel();
      queueMicrotask(() => listener.onEnd({ kind: 'ended' }));
    };
    wait();
    return { stop: end, abort: end, setPaused() {} };
  }
}
