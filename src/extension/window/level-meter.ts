import type { AudioEnding, AudioSource } from '../../core/index.ts';
import { levelOf } from '../../sound/index.ts';

const QUIETEST_DB = -60;
const BARS = 20;

export interface RunningMeter {
  /** Settles once the recorder has ended, by itself or by `stop`. */
  readonly ended: Promise<AudioEnding>;
  stop(): void;
}

/** Records only to measure; nothing is kept. Levels are dB relative to full scale. */
export function startMeter(source: AudioSource, onLevel: (db: number) => void): RunningMeter {
  let settle: (ending: AudioEnding) => void = () => {};
  const ended = new Promise<AudioEnding>((resolve) => {
    settle = resolve;
  });
  const audio = source.start({
    onAudio: (pcm) => onLevel(levelOf(pcm)),
    onEnd: (ending) => settle(ending),
    onWarning: () => {},
  });
  return { ended, stop: () => audio.stop() };
}

/** A level as a bar of text, empty at -60 dB and below. */
export function levelBar(db: number): string {
  const share = Math.min(Math.max(1 - db / QUIETEST_DB, 0), 1);
  const full = Math.round(share * BARS);
  return '█'.repeat(full) + '░'.repeat(BARS - full);
}
