import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ChaosRecord } from './support/chaos-dictation.ts';
import type { ChaosPlan } from './support/chaos-plan.ts';
import { runChaos } from './support/chaos-run.ts';
import { createLockstep, createRealTime } from './support/chaos-time.ts';

const USAGE =
  'npm run chaos -- [--runs N] [--seed S] [--time lockstep|real] [--habit flaps|stalls]';
const LINGER_LIMIT_MS = 5_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    time: { type: 'string', default: 'lockstep' },
    // Only with services of this kind.
    habit: { type: 'string' },
  },
});
const [runs, firstSeed] = [Number(values.runs), Number(values.seed)];
if (!(Number.isInteger(runs) && Number.isInteger(firstSeed))) throw new Error(USAGE);
const isReal = values.time === 'real';
const say = (line: string) => process.stdout.write(`${line}\n`);

const startedAtMs = performance.now();
const tally = await runChaos({
  firstSeed,
  runs,
  width: isReal ? runs : 10,
  createTime: isReal ? createRealTime : createLockstep,
  isWanted: (plan) =>
    (values.habit === undefined || plan.listener.habit?.kind === values.habit) &&
    (!isReal || runs === 1 || isSoonOver(plan)),
  onPlayed(record, broken) {
    if (runs === 1 || broken.length > 0) tell(record);
    for (const failure of broken) say(`seed ${record.plan.seed}: ${failure}`);
    if (broken.length > 0) say(`  again: npm run chaos -- --seed ${record.plan.seed}`);
  },
});

const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
const reasons = Object.entries(tally.reasons).map(([reason, count]) => `${count} ${reason}`);
say(`${tally.played} dictations over ${tally.sessions} sessions: ${reasons.join(', ')}`);
say(`${tally.broken} broke a promise; ${seconds} s`);
const left = await lingering();
if (left.length > 0) say(`left behind: ${left.join(', ')}`);
process.exitCode = tally.broken > 0 || left.length > 0 ? 1 : 0;

/** What takes a minute or more is for the lockstep. */
function isSoonOver({ talk, connections }: ChaosPlan): boolean {
  const outages = connections.map(({ fault }) =>
    fault && 'outageMs' in fault ? fault.outageMs : 0,
  );
  return talk.lengthMs < 22_000 && Math.max(...outages) < 5_000;
}

/** Sockets and timers that are still there when everything should be over. */
async function lingering(): Promise<readonly string[]> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const left = process
      .getActiveResourcesInfo()
      .filter((name) => name.startsWith('TCP') || name === 'Timeout');
    if (left.length === 0 || waitedMs >= LINGER_LIMIT_MS) return left;
    await setTimeout(50);
  }
}

/** One dictation in full: what was planned, what was told, and what each session heard. */
function tell({ plan, events, sessions }: ChaosRecord): void {
  const { talk, ...rest } = plan;
  say(JSON.stringify(rest, undefined, 2));
  say(talk.words.map(({ text, startMs, endMs }) => `${text} ${startMs}-${endMs}`).join(', '));
  for (const { atMs, event } of events) {
    const { words: _, ...shown } = { words: undefined, ...event };
    say(`${String(Math.round(atMs)).padStart(6)} ${JSON.stringify(shown)}`);
  }
  for (const [number, { frames }] of sessions.entries()) {
    say(`session ${number + 1} heard frames ${frames[0]} to ${frames.at(-1)}`);
  }
}
