import type { AudioListener, AudioSource, DictationError, RunningAudio } from '../core/index.ts';

export type Sound = 'voice' | 'quiet' | 'zeros';

/** A microphone or a file whose samples the test makes up. */
export class FakeSource implements AudioSource {
  readonly kind: AudioSource['kind'];
  readonly name = 'test microphone';
  paused: 'paused' | 'running' = 'running';
  state: 'idle' | 'running' | 'stopped' | 'aborted' = 'idle';
  /** What a recorder still holds when it is told to stop. */
  held = new Uint8Array();
  #listener: AudioListener | undefined;
  #samples = 0;

  constructor(kind: AudioSource['kind']) {
    this.kind = kind;
  }

  start(listener: AudioListener): RunningAudio {
    this.#listener = listener;
    this.state = 'running';
    return {
      stop: () => {
        if (this.state !== 'running') return;
        this.state = 'stopped';
        if (this.held.length > 0) this.#listener?.onAudio(this.held);
        this.#listener?.onEnd({ kind: 'ended' });
      },
      abort: () => {
        if (this.state !== 'running') return;
        this.state = 'aborted';
        this.#listener?.onEnd({ kind: 'ended' });
      },
      setPaused: (state) => {
        this.paused = state;
      },
    };
  }

  give(ms: number, sound: Sound): void {
    if (this.state === 'running') this.#listener?.onAudio(this.#make(ms, sound));
  }

  end(): void {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    this.#listener?.onEnd({ kind: 'ended' });
  }

  fail(error: DictationError): void {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    this.#listener?.onEnd({ kind: 'failed', error });
  }

  /** Every sample differs from its neighbours, so that a gap or a repetition shows. */
  #make(ms: number, sound: Sound): Uint8Array {
    const peak = { voice: 12_000, quiet: 40, zeros: 0 }[sound];
    const pcm = new DataView(new ArrayBuffer(ms * 32));
    for (let offset = 0; offset < pcm.byteLength; offset += 2) {
      // Syllables of 0.2 s: a voice is not steady.
      const envelope = sound === 'voice' && Math.floor(this.#samples / 3_200) % 2 === 0 ? 0.05 : 1;
      const noise = scramble(this.#samples) / 2 ** 31 - 1;
      pcm.setInt16(offset, Math.round(peak * envelope * noise), true);
      this.#samples += 1;
    }
    return new Uint8Array(pcm.buffer);
  }
}

/** A number of 32 bits that looks random and is always the same for the same sample. */
function scramble(sample: number): number {
  const mixed = Math.imul(sample ^ (sample >>> 15), 0x2c1b3c6d);
  return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
}
