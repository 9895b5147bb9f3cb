import { execFileSync } from 'node:child_process';
import { listProject, readVocabulary } from '../src/host/index.ts';
import { harvestKeyterms } from '../src/text/index.ts';

/**
 * How long it takes until the names of this repository are known, beside what git itself takes to
 * print every name that stands in its code: that weighs nothing and keeps no secret.
 */
const ROUNDS = 15;
const GOAL_MS = 150;

async function ours(): Promise<number> {
  const list = await listProject('.', { env: process.env, platform: process.platform });
  if (list === undefined) throw new Error('This is no git repository');
  return harvestKeyterms([], await readVocabulary('.', list)).length;
}

function rival(): number {
  const words = ['grep', '-hoE', '[A-Za-z_][A-Za-z0-9_]{3,}', '--', '*.ts', '*.mjs'];
  const options = { encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 } as const;
  return new Set(execFileSync('git', words, options).split('\n')).size;
}

async function time(work: () => unknown): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}

const times = { first: await time(ours), ours: [] as number[], rival: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  times.ours.push(await time(ours));
  times.rival.push(await time(rival));
}
const [median, rivals] = [times.ours, times.rival].map(
  (each) => [...each].sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0,
);
console.log(
  `first time            ${times.first.toFixed(0)} ms (goal: below ${GOAL_MS} ms on a quiet machine)`,
);
console.log(`then, median of ${ROUNDS}    ${median?.toFixed(0)} ms`);
console.log(`git grep, median      ${rivals?.toFixed(0)} ms`);
console.log(`ratio                 ${((median ?? 0) / (rivals ?? 1)).toFixed(2)}`);
