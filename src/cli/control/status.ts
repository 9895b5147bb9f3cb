import {
  type DictationEvent,
  type DictationTrace,
  type Progress,
  progressAfter,
} from '../../core/index.ts';
import { playTime } from '../../text/index.ts';

/** What a dictation tells of itself to other programs of its person; never what was said. */
export interface DictationStatus {
  readonly state: 'connecting' | 'listening' | 'counting-down' | 'reconnecting' | 'stopping';
  readonly seconds: number;
  readonly finals: number;
  /** Until it hangs up; only while it counts down. */
  readonly remainingSeconds?: number;
}

/** The one line and the fields that status bars want. */
export interface StatusReport {
  readonly state: DictationStatus['state'] | 'idle';
  readonly seconds: number;
  readonly finals: number;
  readonly remainingSeconds?: number;
  /** These four are what a custom module of waybar reads. */
  readonly text: string;
  readonly alt: string;
  readonly class: string;
  readonly tooltip: string;
}

export interface StatusWatch {
  onEvent(event: DictationEvent | DictationTrace): void;
  now(): DictationStatus;
}

export function watchStatus(clock: { now(): number }): StatusWatch {
  const startedAtMs = clock.now();
  let progress: Progress = { kind: 'connecting' };
  let finals = 0;
  return {
    onEvent(event) {
      progress = progressAfter(progress, event, clock.now());
      if (event.type === 'final') finals += 1;
    },
    now() {
      const seconds = Math.floor((clock.now() - startedAtMs) / 1_000);
      if (progress.kind === 'idle' || progress.kind === 'problem') {
        return { state: 'stopping', seconds, finals };
      }
      if (progress.kind !== 'counting-down') return { state: progress.kind, seconds, finals };
      const remainingSeconds = Math.max(1, Math.round(progress.remainingMs / 1_000));
      return { state: 'counting-down', seconds, finals, remainingSeconds };
    },
  };
}

/** For people and for bars; `undefined` is no dictation at all. */
export function reportOf(status: DictationStatus | undefined): StatusReport {
  if (status === undefined) {
    const tooltip = 'No dictation is running';
    return { state: 'idle', seconds: 0, finals: 0, text: '', alt: 'idle', class: 'idle', tooltip };
  }
  const { state, seconds, finals, remainingSeconds } = status;
  const clock = playTime(seconds * 1_000);
  const text = remainingSeconds === undefined ? clock : `stops in ${remainingSeconds} s`;
  const phrases = `${finals} ${finals === 1 ? 'phrase' : 'phrases'}`;
  const tooltip = `${SENTENCES[state]} for ${clock}, ${phrases} so far`;
  return { ...status, text, alt: state, class: state, tooltip };
}

const SENTENCES = {
  connecting: 'Connecting',
  listening: 'Listening',
  'counting-down': 'Listening',
  reconnecting: 'Connecting again',
  stopping: 'Finishing',
} as const satisfies Record<DictationStatus['state'], string>;
