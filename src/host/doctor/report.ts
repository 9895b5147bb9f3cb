import type { DictationError } from '../../core/index.ts';
import type { MicrophoneTest } from '../microphone/microphone-test.ts';

/** One thing a dictation needs; `message` is for people. */
export interface Check {
  readonly name: 'runtime' | 'config' | 'key' | 'endpoint' | 'clock' | 'engine';
  /** `skipped`: not needed for the dictation that is planned. `not-tried`: a try would be billed. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped' | 'not-tried';
  readonly message: string;
  /** Why a dictation would not work. */
  readonly error?: DictationError;
}

/** How one rung of the ladder does. */
export interface RungCheck {
  readonly name: string;
  readonly state:
    | 'works'
    | 'missing'
    | 'no-sound-server'
    | 'no-device'
    | 'permission'
    | 'busy'
    | 'zeros'
    | 'no-samples'
    | 'failed';
  readonly firstSampleMs?: number;
  readonly levelDb?: number;
  /** What went wrong, in the recorder's words. */
  readonly detail?: string;
}

export interface DoctorReport {
  readonly checks: readonly Check[];
  readonly rungs: readonly RungCheck[];
  readonly microphone: MicrophoneTest;
  /** The first reason why a dictation would not work; absent where it would. */
  readonly failure?: DictationError;
}
