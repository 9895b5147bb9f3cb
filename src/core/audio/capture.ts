import { SILENT_DB } from '../../sound/index.ts';
import { DictationError } from '../errors.ts';
import type { AudioEnding, AudioSource, Clock, RunningAudio } from '../ports.ts';
import { Backlog, FRAME_MS } from './backlog.ts';
import { quietFramesBefore, VoiceDetector } from './voice.ts';

export interface CaptureListener {
  /** A frame was added to the backlog. */
  onFrame(): void;
  /** Once: the source gives real samples. */
  onSamples(): void;
  /** Once: the source has given nothing but zeros for `ZEROS_MS`, and the person was told. */
  onZeros(): void;
  onEnd(ending: AudioEnding): void;
  onWarning(code: string, message: string): void;
}

/** A microphone that gives exact zeros this long is muted, forbidden or still waking up. */
const ZEROS_MS = 2_000;
/** A file is held back while this much of it waits to be sent; a microphone cannot be. */
const ENOUGH_WAITING = 20_000 / FRAME_MS;
const LITTLE_WAITING = 10_000 / FRAME_MS;

/** Takes what the source delivers: cut into frames, kept in the backlog, listened to for a voice. */
export class Capture {
  readonly backlog = new Backlog();
  readonly voice = new VoiceDetector();
  readonly #source: AudioSource;
  readonly #clock: Clock;
  readonly #listener: CaptureListener;
  #running: RunningAudio | undefined;
  #lastVoiceMs = 0;
  #samples: 'none' | 'zeros' | 'real' = 'none';
  #state: 'flowing' | 'paused' | 'ended' = 'flowing';

  constructor(source: AudioSource, clock: Clock, listener: CaptureListener) {
    this.#source = source;
    this.#clock = clock;
    this.#listener = listener;
  }

  /** Where a voice was last heard, in milliseconds of the dictation's audio. */
  get lastVoiceMs(): number {
    return this.#lastVoiceMs;
  }

  /** And where a sound last was that may be a voice, if one that is said on and on. */
  get lastSoundMs(): number {
    const { backlog } = this;
    return (
      (backlog.end - quietFramesBefore(backlog.end, (number) => backlog.level(number))) * FRAME_MS
    );
  }

  /** What is wrong with a source that never gave anything but zeros. */
  get deafness(): DictationError | undefined {
    if (this.#samples === 'real') return undefined;
    return new DictationError('no-samples', this.#silenceSentence());
  }

  start(): void {
    this.#running = this.#source.start({
      onAudio: (pcm) => this.backlog.push(pcm, this.#take),
      onEnd: (ending) => this.#end(ending),
      onWarning: (code, message) => this.#listener.onWarning(code, message),
    });
  }

  /** Ends the recording; what it still holds is delivered before `onEnd`. */
  stop(): void {
    this.#running?.stop();
  }

  abort(): void {
    this.#running?.abort();
  }

  /** `waiting` frames are still to be sent. */
  balance(waiting: number): void {
    if (this.#source.kind === 'live') return;
    if (this.#state === 'flowing' && waiting >= ENOUGH_WAITING) {
      this.#state = 'paused';
      this.#running?.setPaused('paused');
    } else if (this.#state === 'paused' && waiting <= LITTLE_WAITING) {
      this.#state = 'flowing';
      this.#running?.setPaused('running');
    }
  }

  readonly #take = (levelDb: number): void => {
    const nowMs = this.#clock.now();
    this.voice.hear(levelDb, nowMs);
    if (this.voice.sinceVoiceMs(nowMs) === 0) this.#lastVoiceMs = this.backlog.end * FRAME_MS;
    this.#listener.onFrame();
    if (this.#samples !== 'real') this.#judge(levelDb);
  };

  #judge(levelDb: number): void {
    const heardMs = this.backlog.end * FRAME_MS;
    if (this.#source.kind !== 'live' || levelDb > SILENT_DB) {
      this.#samples = 'real';
      this.#listener.onSamples();
    } else if (this.#samples === 'none' && heardMs >= ZEROS_MS) {
      this.#samples = 'zeros';
      this.#listener.onWarning('digital-silence', this.#silenceSentence());
      this.#listener.onZeros();
    }
  }

  #silenceSentence(): string {
    const advice = 'check that it is not muted and that this program may use it';
    return `The microphone gives only digital silence; ${this.#source.silenceAdvice ?? advice}`;
  }

  #end(ending: AudioEnding): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.backlog.flush(this.#take);
    this.#listener.onEnd(ending);
  }
}
