import {
  type AudioEnding,
  type AudioListener,
  type AudioSource,
  type Clock,
  ladderFor,
  type Rung,
  type RunningAudio,
} from '../core/index.ts';
import { findProgram } from './find-program.ts';
import { describeBreak, describeFailure, type FailedRung } from './recorder-failure.ts';
import { type RecorderProcess, startRecorderProcess } from './recorder-process.ts';

export interface RecorderOptions {
  readonly clock: Clock;
  /** In the words of the sound system; absent is its default. */
  readonly device?: string | undefined;
  readonly platform?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Instead of the platform's ladder. */
  readonly rungs?: readonly Rung[];
}

/** Bluetooth headsets need up to two seconds to change to their microphone. */
const FIRST_SAMPLE_LIMIT_MS = 2_500;
const SAMPLE_BYTES = 2;
const NOTHING = new Uint8Array(0);

/** The microphone, through the first program of the ladder that really gives samples. */
export function openRecorder(options: RecorderOptions): AudioSource {
  return {
    kind: 'live',
    name: options.device ?? 'default microphone',
    start: (listener) => new RunningRecorder(options, listener).start(),
  };
}

class RunningRecorder implements RunningAudio {
  readonly #options: Required<Omit<RecorderOptions, 'device'>> & Pick<RecorderOptions, 'device'>;
  readonly #listener: AudioListener;
  readonly #failed: FailedRung[] = [];
  #process: RecorderProcess | undefined;
  #phase: 'starting' | 'recording' | 'stopping' | 'ended' = 'starting';

  constructor(options: RecorderOptions, listener: AudioListener) {
    const { device, platform = process.platform } = options;
    this.#options = {
      platform,
      env: process.env,
      rungs: ladderFor({ platform, device }),
      ...options,
    };
    this.#listener = listener;
  }

  start(): this {
    void this.#climb();
    return this;
  }

  stop(): void {
    if (this.#phase === 'stopping' || this.#phase === 'ended') return;
    this.#phase = 'stopping';
    if (this.#process) this.#process.stop();
    else this.#end({ kind: 'ended' });
  }

  abort(): void {
    this.#process?.kill();
    if (!this.#process) this.#end({ kind: 'ended' });
    else if (this.#phase !== 'ended') this.#phase = 'stopping';
  }

  setPaused(): void {}

  async #climb(): Promise<void> {
    const { rungs, env, platform } = this.#options;
    for (const rung of rungs) {
      const path = await findProgram(rung.command, { env, platform });
      if (this.#phase !== 'starting') return;
      if (path === undefined) continue;
      const isOver = await this.#try(rung, path).catch(() => {
        // Node throws for some files it cannot run, such as a script that names no interpreter.
        this.#failed.push({ name: rung.name, detail: 'could not be started', stderr: '' });
        return false;
      });
      if (isOver) return;
    }
    this.#fail();
  }

  /** Resolves to whether the climb is over: the rung recorded, or the recording was stopped. */
  #try(rung: Rung, path: string): Promise<boolean> {
    const { clock, env, platform } = this.#options;
    return new Promise((resolve) => {
      let held: Uint8Array = NOTHING;
      let isSilent = false;
      const recorder = startRecorderProcess({
        ...{ rung, path, env, platform, clock },
        onAudio: (pcm) => {
          const audio = held.length === 0 ? pcm : Buffer.concat([held, pcm]);
          held = NOTHING;
          if (this.#phase === 'starting') {
            // Half a sample is no sign of a microphone yet.
            if (audio.length < SAMPLE_BYTES) {
              held = audio;
              return;
            }
            cancelLimit();
            this.#phase = 'recording';
            this.#warnOfFallback(rung);
          }
          this.#listener.onAudio(audio);
        },
        onEnd: ({ isExpected, detail, stderr }) => {
          cancelLimit();
          this.#process = undefined;
          if (this.#phase === 'starting') {
            const gave = isSilent ? 'gave no sound' : detail;
            this.#failed.push({ name: rung.name, detail: gave, stderr, isSilent });
            return resolve(false);
          }
          if (this.#phase === 'recording') {
            const error = describeBreak({ name: rung.name, detail, stderr });
            this.#end({ kind: 'failed', error });
          } else {
            if (!isExpected) {
              const message = `${rung.name} ${detail} when it was stopped`;
              this.#listener.onWarning('recorder-exit', message);
            }
            this.#end({ kind: 'ended' });
          }
          resolve(true);
        },
      });
      const cancelLimit = clock.schedule(FIRST_SAMPLE_LIMIT_MS, () => {
        isSilent = true;
        recorder.kill();
      });
      this.#process = recorder;
    });
  }

  #warnOfFallback(rung: Rung): void {
    const first = this.#failed[0];
    if (!first) return;
    const message = `${first.name} ${first.detail}; recording with ${rung.name} instead`;
    this.#listener.onWarning('recorder-fallback', message);
  }

  #fail(): void {
    const { platform, device } = this.#options;
    const error = describeFailure({ failed: this.#failed, platform, device });
    this.#end({ kind: 'failed', error });
  }

  #end(ending: AudioEnding): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    queueMicrotask(() => this.#listener.onEnd(ending));
  }
}
