// How soon each way to record gives its first sample, in which pieces, what it costs, and how much
// of the sound it loses against the clock: every rung of the ladder on a virtual microphone of its
// own, in turns, so that a busy moment hits them all. Beside them a Node that records nothing: the
// addon and the pulse client are programs of Node, and so much of their start is not theirs.
// Usage: node bench/recorders.mjs [pulseaudio|pipewire]   (after: packaging/recorder/build.sh)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { importSources } from '../scripts/import-sources.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const parts = await importSources(
  'recorders',
  `export { ladderFor } from './src/host/microphone/tables/ladder.ts';
   export { bundledRecorders } from './src/host/microphone/bundled.ts';
   export { findRung } from './src/host/microphone/recorder-attempt.ts';
   export { bundleRecorders } from './test/support/sound/recorders-folder.ts';
   export { startVirtualMic } from './test/support/sound/virtual-mic.ts';`,
);

const SERVER = process.argv[2] ?? 'pulseaudio';
const ROUNDS = 5;
const RECORD_MS = 6_000;
/** What /proc counts processor time in, on every Linux that Node runs on. */
const TICK_MS = 10;

/** One recording of `RECORD_MS`; times are from the start of the program. */
async function measure({ path, rung, env }) {
  const startedAtMs = performance.now();
  const options = { env: { ...env, ...rung.env }, stdio: ['ignore', 'pipe', 'ignore'] };
  const child = spawn(path, rung.args, options);
  let firstAtMs;
  let lastAtMs;
  const pieces = [];
  child.stdout.on('data', (pcm) => {
    lastAtMs = performance.now() - startedAtMs;
    firstAtMs ??= lastAtMs;
    pieces.push(pcm.length / 32);
  });
  await new Promise((resolve) => setTimeout(resolve, RECORD_MS));
  // Some rungs speak another server's language.
  if (child.exitCode !== null) return undefined;
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  const residentPages = Number(stat[21]);
  const cpuMs = (Number(stat[11]) + Number(stat[12])) * TICK_MS;
  child.kill('SIGINT');
  await once(child, 'exit');
  const memoryMb = (residentPages * 4096) / 1e6;
  const lost = lostShare({ pieces, overMs: lastAtMs - firstAtMs });
  return { firstAtMs, pieceMs: median(pieces), cpuMs, memoryMb, lost };
}

/** Of the sound since the first piece came, that piece not counted: it was heard before. */
function lostShare({ pieces: [, ...later], overMs }) {
  return later.length === 0 ? undefined : 1 - later.reduce((sum, ms) => sum + ms, 0) / overMs;
}

/**
 * The pipe behind the virtual microphone hands out 128 ms at a time where a recorder asks for the
 * source's own blocks; a sound card's blocks are what the recorder asks for, and so are this one's.
 */
async function useDynamicSource() {
  await mic.pactl('load-module', 'module-null-sink', 'sink_name=speaker', 'channels=1');
  const from = ['source_name=bench', 'master=speaker.monitor', 'channels=1'];
  await mic.pactl('load-module', 'module-remap-source', ...from);
  await mic.pactl('set-default-source', 'bench');
  // A sink that nobody listens to works in blocks of two seconds.
  const args = ['--raw', '--device=speaker.monitor', '--latency-msec=10'];
  spawn('parec', args, { env: mic.env, stdio: ['ignore', 'ignore', 'ignore'] });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
}

/** A buffer that is emptied late gives more than the clock asks for, which is no loss. */
function percents(shares) {
  const shown = (share) => Math.max(0, 100 * share).toFixed(1);
  return shares.length === 0
    ? '-'
    : `${shown(Math.min(...shares))} to ${shown(Math.max(...shares))}`;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const mic = await parts.startVirtualMic(SERVER);
await useDynamicSource();
const bundled = parts.bundledRecorders(parts.bundleRecorders('bench-recorders'));
const rungs = [];
for (const rung of parts.ladderFor({ platform: 'linux', bundled })) {
  const path = await parts.findRung(rung, { env: mic.env, platform: 'linux' });
  if (path !== undefined) rungs.push({ rung, path, env: mic.env, runs: [] });
}
const SAYS_ONE_THING = "process.stdout.write('.'); setInterval(() => {}, 1_000)";
const nodeAlone = { name: 'Node alone', args: ['-e', SAYS_ONE_THING] };
rungs.push({ rung: nodeAlone, path: process.execPath, env: mic.env, runs: [] });
for (let round = 0; round < ROUNDS; round += 1) {
  for (const entry of rungs) {
    const run = await measure(entry);
    if (run) entry.runs.push(run);
  }
}
await mic.close();

const load = loadavg().map((value) => value.toFixed(1));
console.log(`Load of the machine over the last 1, 5 and 15 minutes: ${load.join(', ')}`);
console.log(`${SERVER}: medians of ${ROUNDS} recordings of ${RECORD_MS / 1_000} s`);
const measured = rungs.filter(({ runs }) => runs.length > 0);
console.table(
  measured.map(({ rung, runs }) => {
    const of = (field) => runs.map((run) => run[field]).filter((value) => value !== undefined);
    const first = of('firstAtMs');
    return {
      rung: rung.name,
      'first byte ms': Math.round(median(first)),
      'from to': `${Math.round(Math.min(...first))}-${Math.round(Math.max(...first))}`,
      'piece ms': Math.round(median(of('pieceMs'))),
      'CPU ms per s': Math.round((1_000 * median(of('cpuMs'))) / RECORD_MS),
      'memory MB': Math.round(median(of('memoryMb'))),
      'lost %': percents(of('lost')),
    };
  }),
);
process.exit(0);
