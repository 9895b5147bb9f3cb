import { type ChaosRecord, playChaos } from './chaos-dictation.ts';
import { type ChaosPlan, planChaos } from './chaos-plan.ts';
import type { ChaosTime } from './chaos-time.ts';
import { judgeChaos } from './chaos-verdict.ts';

export interface ChaosRunOptions {
  readonly firstSeed: number;
  readonly runs: number;
  /** Dictations at a time. */
  readonly width: number;
  createTime(): ChaosTime;
  /** Which of the seeds to play; the others are passed over and do not count. */
  isWanted(plan: ChaosPlan): boolean;
  onPlayed(record: ChaosRecord, broken: readonly string[]): void;
}

export interface ChaosTally {
  readonly played: number;
  readonly broken: number;
  readonly sessions: number;
  /** How many ended for each reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Plays one dictation per seed, several at a time, each in a time of its own. */
export async function runChaos(options: ChaosRunOptions): Promise<ChaosTally> {
  const { firstSeed, runs, width, createTime, isWanted, onPlayed } = options;
  const reasons: Record<string, number> = {};
  let seed = firstSeed;
  let [started, broken, sessions] = [0, 0, 0];
  const work = async () => {
    while (started < runs) {
      const plan = planChaos(seed);
      seed += 1;
      if (!isWanted(plan)) continue;
      started += 1;
      const record = await playChaos(plan, createTime());
      const failures = judgeChaos(record);
      if (failures.length > 0) broken += 1;
      sessions += record.sessions.length;
      const end = record.events.at(-1)?.event;
      const reason = end?.type === 'end' ? end.reason : 'none';
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      onPlayed(record, failures);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return { played: started, broken, sessions, reasons };
}
