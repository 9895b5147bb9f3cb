import {
  type AudioEnding,
  type AudioListener,
  type AudioSource,
  asDictationError,
  type Clock,
  type DictationError,
  type RunningAudio,
} from '../../core/index.ts';
import type { Environment } from '../config-folder.ts';
import { watchDevices } from './device-watch.ts';
import { type AttemptEnding, findRung, findSpoiled, startAttempt } from './recorder-attempt.ts';
import {
  describeBreak,
  describeFailure,
  type FailedRung,
  lastUnplugged,
  NOTICES,
  type Notice,
  responsibleApp,
  silenceAdvice,
} from './recorder-messages.ts';
import { nameOf, planRecording, type RecordingPlan } from './recorder-plan.ts';
import type { RecorderProcess } from './recorder-process.ts';
import { Restarts } from './restarts.ts';
import type { Device, DeviceChoice } from './tables/device.ts';
import type { Rung } from './tables/rung.ts';

export interface RecorderOptions {
  readonly clock: Clock;
  /** Part of a name, which has to be there, or a remembered device; absent is the default. */
  readonly device?: DeviceChoice | undefined;
  /** The folder of the recorders that come with Lull. */
  readonly bundled?: string | undefined;
  /** A command line of the person's own, instead of the ladder. */
  readonly command?: string | undefined;
  /** The app that macOS asks about the microphone; absent is the terminal. */
  readonly app?: string | undefined;
  readonly platform?: string;
  readonly env?: Environment;
  /** Instead of the platform's ladder. */
  readonly rungs?: readonly Rung[];
}

type Settings = RecorderOptions & Required<Pick<RecorderOptions, 'platform' | 'env'>>;

const DEFAULT_NAME = 'default microphone';
/** A recorder that has said nothing for so long is worth a word: a headset may be waking up. */
const LATE_MS = 1_000;
const RETRY_PAUSE_MS = 500;
const UNFORESEEN = 'The recorder failed for a reason Lull did not foresee; run lull doctor';

/** The microphone, through the first program of the ladder that really gives samples. */
export function openRecorder(options: RecorderOptions): AudioSource {
  const { platform = process.platform, env = process.env, device } = options;
  const settings = { ...options, platform, env };
  const { app, bundleId } = responsibleApp(env);
  let name = device === undefined ? DEFAULT_NAME : nameOf(device);
  return {
    kind: 'live',
    /** The whole name, as soon as it is known which device a part of it meant. */
    get name() {
      return name;
    },
    silenceAdvice: silenceAdvice({ platform, bundleId, app: options.app ?? app }),
    start: (listener) =>
      new RunningRecorder(settings, listener, (found) => {
        name = found;
      }).start(),
  };
}

class RunningRecorder implements RunningAudio {
  readonly #settings: Settings;
  readonly #listener: AudioListener;
  readonly #onName: (name: string) => void;
  readonly #restarts: Restarts;
  #device: DeviceChoice | undefined;
  #process: RecorderProcess | undefined;
  #phase: 'starting' | 'recording' | 'stopping' | 'ended' = 'starting';
  /** What the next recording makes up for. */
  #broken: AttemptEnding | undefined;
  /** Rungs that lost sound, and how much: they are left for the last. */
  readonly #lossy = new Map<string, number>();
  /** What comes is no microphone's, and nobody is to hear it. */
  #isDeaf = false;
  #stopWatching = () => {};
  #cancelLate = () => {};

  constructor(settings: Settings, listener: AudioListener, onName: (name: string) => void) {
    this.#settings = settings;
    this.#onName = onName;
    this.#device = settings.device;
    this.#listener = listener;
    this.#restarts = new Restarts(settings.clock);
  }

  start(): this {
    this.#cancelLate = this.#settings.clock.schedule(LATE_MS, () => this.#tell(NOTICES.late()));
    void this.#run();
    return this;
  }

  stop(): void {
    if (this.#isOver()) return;
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

  async #run(): Promise<void> {
    try {
      while (!this.#isOver()) await this.#climb();
    } catch (error) {
      // A recording always comes to an end that is told, even by a mistake of ours.
      this.#end({ kind: 'failed', error: asDictationError(error, UNFORESEEN) });
    }
  }

  /** Tries rung by rung, and follows the first that records to its end. */
  async #climb(): Promise<void> {
    const plan = await this.#plan();
    const failed: FailedRung[] = [];
    for (const rung of this.#inOrder(plan.rungs)) {
      const path = await findRung(rung, this.#settings);
      if (this.#isOver()) return;
      if (path === undefined) {
        const spoiled = await findSpoiled(rung);
        if (spoiled) failed.push(spoiled);
        continue;
      }
      const ending = await this.#record(path, { rung, plan, failed });
      if (this.#isOver()) return;
      if (ending.hasRecorded) {
        this.#phase = 'starting';
        this.#broken = ending;
        // Who ends the recorder by hand wants the recording to end.
        if (ending.isKilled) throw describeBreak(ending);
        if (!this.#isPassedOver(ending) && this.#restarts.broke() === 'give-up') {
          throw describeBreak(ending);
        }
        return;
      }
      failed.push(ending);
    }
    if (this.#isOver()) return;
    if (this.#restarts.failed() === 'give-up') throw this.#describe(failed);
    await new Promise<void>((resolve) => this.#settings.clock.schedule(RETRY_PAUSE_MS, resolve));
  }

  /** Those that lost sound come last: better some sound than none. */
  #inOrder(rungs: readonly Rung[]): readonly Rung[] {
    const isLossy = ({ name }: Rung) => this.#lossy.has(name);
    return [...rungs.filter((rung) => !isLossy(rung)), ...rungs.filter(isLossy)];
  }

  async #plan(): Promise<RecordingPlan> {
    const { rungs } = this.#settings;
    if (rungs) return { rungs };
    const plan = await planRecording({ ...this.#settings, device: this.#device });
    if (plan.gone !== undefined) this.#lose(plan.gone);
    // From now on it is this one, and no other whose name it is part of; and it may go.
    else if (plan.device) this.#device = plan.device;
    if (plan.device) this.#onName(plan.device.name);
    return plan;
  }

  #record(
    path: string,
    details: {
      readonly rung: Rung;
      readonly plan: RecordingPlan;
      readonly failed: readonly FailedRung[];
    },
  ): Promise<AttemptEnding> {
    const { rung, plan, failed } = details;
    const { clock, env, platform } = this.#settings;
    return new Promise((resolve) => {
      const onEnd = (ending: AttemptEnding) => {
        this.#process = undefined;
        if (this.#phase === 'stopping') {
          if (!ending.isExpected) this.#tell(NOTICES.oddExit(ending));
          this.#end({ kind: 'ended' });
        }
        resolve(ending);
      };
      try {
        this.#process = startAttempt(path, {
          ...{ rung, clock, env, platform, onEnd },
          onAudio: (pcm) => this.#listener.onAudio(this.#isDeaf ? new Uint8Array(pcm.length) : pcm),
          onLoss: (share) => void this.#loses(rung, share, plan.rungs),
          onBegun: () => {
            this.#cancelLate();
            if (this.#phase === 'starting') this.#phase = 'recording';
            if (this.#broken) this.#tell(this.#noticeOn(this.#broken, rung));
            else if (failed[0]) this.#tell(NOTICES.fallback(failed[0], rung));
            this.#watch(plan.device);
          },
        });
      } catch {
        // Node throws for some files it cannot run, such as a script that names no interpreter.
        const detail = 'could not be started';
        onEnd({ name: rung.name, detail, stderr: '', hasRecorded: false, isExpected: false });
      }
    });
  }

  /** Said once of each; another program takes over where there is one that has lost nothing yet. */
  async #loses({ name }: Rung, share: number, rungs: readonly Rung[]): Promise<void> {
    if (this.#lossy.has(name)) return;
    this.#lossy.set(name, share);
    for (const other of rungs) {
      if (this.#lossy.has(other.name)) continue;
      if ((await findRung(other, this.#settings)) === undefined) continue;
      if (this.#phase === 'recording') this.#process?.stop();
      return;
    }
    this.#tell(NOTICES.lossy(name, share));
  }

  /** It was ended because it lost sound. */
  #isPassedOver({ name, isExpected }: AttemptEnding): boolean {
    return isExpected && this.#lossy.has(name);
  }

  #noticeOn(broken: AttemptEnding, next: Rung): Notice {
    const share = this.#isPassedOver(broken) ? this.#lossy.get(broken.name) : undefined;
    return share === undefined
      ? NOTICES.restart(broken, next)
      : NOTICES.lossy(broken.name, share, next.name);
  }

  #watch(device: Device | undefined): void {
    const { rungs, command } = this.#settings;
    this.#stopWatching();
    if (rungs || command !== undefined) return;
    this.#stopWatching = watchDevices({
      ...this.#settings,
      device,
      onHears: (what) => {
        this.#isDeaf = what === 'loudspeaker';
      },
      onNone: () => this.#fail(lastUnplugged()),
      onGone: ({ name }) => this.#lose(name),
      onDefault: ({ name }) => this.#tell(NOTICES.otherDefault(name)),
    });
  }

  /** The device that was wanted is not there: it is told once, and the default takes its place. */
  #lose(name: string): void {
    this.#device = undefined;
    this.#onName(DEFAULT_NAME);
    this.#tell(NOTICES.gone(name));
  }

  #describe(failed: readonly FailedRung[]): DictationError {
    const { platform, command } = this.#settings;
    const device = this.#device === undefined ? undefined : nameOf(this.#device);
    return describeFailure({ failed, platform, device, command });
  }

  #tell({ code, message }: Notice): void {
    this.#listener.onWarning(code, message);
  }

  #fail(error: DictationError): void {
    this.#end({ kind: 'failed', error });
    this.#process?.kill();
  }

  #isOver(): boolean {
    return this.#phase === 'stopping' || this.#phase === 'ended';
  }

  #end(ending: AudioEnding): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#cancelLate();
    this.#stopWatching();
    queueMicrotask(() => this.#listener.onEnd(ending));
  }
}
