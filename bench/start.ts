import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startScriptedServer } from '../src/testing/index.ts';
import { RUNTIMES, type Runtime } from '../test/support/runtimes.ts';
import { buildWav } from '../test/support/sound/wav.ts';

// How long a start takes: `--version` and `--help` beside a program that does nothing, and the first
// audio on the wire beside a script that does nothing else. They take turns, so that all of them
// meet the same machine; the quickest of each counts, because the others waited for something.
//
//   npm run starts -- [rounds]

const MOST_TIMES_EMPTY = 1.5;
const MOST_MS_BEYOND_BARE = 250;

const rounds = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'lull-start-'));
const [empty, talk] = [join(folder, 'empty.mjs'), join(folder, 'talk.wav')];
writeFileSync(empty, '');
writeFileSync(talk, buildWav({ samples: new Float32Array(32_000).fill(0.01) }));
const cli = resolve('dist/cli.mjs');
const server = await startScriptedServer({});

try {
  for (const runtime of RUNTIMES) await measure(runtime);
} finally {
  await server.close();
  rmSync(folder, { recursive: true });
}

async function measure(runtime: Runtime): Promise<void> {
  const best = {
    empty: Infinity,
    version: Infinity,
    help: Infinity,
    bare: Infinity,
    lull: Infinity,
  };
  const note = async (name: keyof typeof best, ms: Promise<number>) => {
    best[name] = Math.min(best[name], await ms);
  };
  for (let round = 0; round < rounds; round += 1) {
    await note('empty', wholeRun(runtime, [empty]));
    await note('version', wholeRun(runtime, [cli, '--version']));
    await note('help', wholeRun(runtime, [cli, '--help']));
    await note('bare', firstFrame(runtime, [resolve('bench/start/bare.mjs'), talk, server.url]));
    await note('lull', firstFrame(runtime, [cli, '--audio', talk, '--endpoint', server.url, '-q']));
  }
  const times = (ms: number) => `${ms.toFixed(0)} ms (${(ms / best.empty).toFixed(2)})`;
  console.log(`${runtime.name}: nothing ${best.empty.toFixed(0)} ms`);
  for (const name of ['version', 'help'] as const) {
    judge(`lull --${name} ${times(best[name])}`, best[name] / best.empty <= MOST_TIMES_EMPTY);
  }
  const beyondMs = best.lull - best.bare;
  const frames = `first frame ${best.lull.toFixed(0)} ms, bare ${best.bare.toFixed(0)} ms`;
  judge(`${frames}: ${beyondMs.toFixed(0)} ms more`, beyondMs <= MOST_MS_BEYOND_BARE);
}

function judge(figure: string, isMet: boolean): void {
  console.log(`${isMet ? 'met   ' : 'missed'}   ${figure}`);
  if (!isMet) process.exitCode = 1;
}

function start({ command, args }: Runtime, more: readonly string[]): ChildProcess {
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: folder, LULL_CONFIG_DIR: folder, DENO_NO_UPDATE_CHECK: '1' };
  // A pipe, as for whatever reads it: on a terminal help asks besides how wide that is.
  const child = spawn(command, [...args, ...more], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  return child;
}

async function wholeRun(runtime: Runtime, args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  await once(start(runtime, args), 'exit');
  return performance.now() - startedMs;
}

async function firstFrame(runtime: Runtime, args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const number = server.connections.length;
  const child = start(runtime, args);
  const connection = await server.connection(number);
  await connection.until(({ audioFrames }) => audioFrames.length > 0);
  const tookMs = performance.now() - startedMs;
  child.kill('SIGKILL');
  if (child.exitCode === null) await once(child, 'exit');
  return tookMs;
}
