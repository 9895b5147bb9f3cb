// How long a finished phrase takes from the service's message to the document, in a real VS Code of
// either age: three rounds of 200 phrases, of which the middle one counts, because on a shared
// machine a round catches now and then what others do. Needs: sudo apt-get install chromium
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { setup } from '../scripts/setup.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
setup();

/** The first ones run code that was never run before, as every first phrase does. */
const WARM_UP = 20;
const ROUNDS = 3;
const FINALS = 200;
const EVERY_MS = 120;
const MOST_P99_MS = 30;

/**
 * A VS Code that runs as a server looks every two seconds for ports to forward and reads the files of
 * all processes for it: 6 MB, whose collection a phrase in a hundred meets in the extension host. A
 * desktop has nothing to forward.
 */
const NO_PORT_SEARCH = { 'remote.autoForwardPortsSource': 'output' };

const FOLDER = '.cache/bench';
await build({
  entryPoints: ['bench/insertion/in-window.ts', 'bench/insertion/service.ts'],
  outdir: FOLDER,
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { timeInWindow } = await import(new URL(`../${FOLDER}/in-window.mjs`, import.meta.url).href);
const { startPhraseService } = await import(
  new URL(`../${FOLDER}/service.mjs`, import.meta.url).href
);

for (const release of ['newest', 'oldest']) {
  const count = WARM_UP + ROUNDS * FINALS;
  const service = await startPhraseService(count, EVERY_MS);
  const { vscode, phrasesAtMs, edits } = await timeInWindow({
    release,
    settings: NO_PORT_SEARCH,
    env: { LULL_BENCH_ENDPOINT: service.url, LULL_BENCH_FINALS: String(count) },
  });
  service.close();
  const phrases = phrasesAtMs.map((atMs, order) => atMs - service.sentAtMs[order]);
  const [ours, theirs] = [describe(phrases), describe(edits)];
  console.log(`VS Code ${vscode}: ${ours.text}, the very first ${phrases[0].toFixed(1)} ms`);
  console.log(
    `  VS Code's own edit: ${theirs.text}; p50 ${ours.p50Ms} / ${theirs.p50Ms} =` +
      ` ${(ours.p50Ms / theirs.p50Ms).toFixed(2)}`,
  );
  if (ours.p99Ms < MOST_P99_MS) continue;
  console.error(`  The p99 is not under ${MOST_P99_MS} ms`);
  process.exitCode = 1;
}

function describe(valuesMs) {
  const warm = valuesMs.slice(WARM_UP);
  const rounds = Array.from({ length: ROUNDS }, (_, round) =>
    share(warm.slice(round * FINALS, (round + 1) * FINALS), 0.99),
  );
  const [p50Ms, p99Ms] = [share(warm, 0.5), share(rounds, 0.5)];
  const each = rounds.map((ms) => ms.toFixed(1)).join(', ');
  const text = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms (${each})`;
  return { p50Ms: p50Ms.toFixed(1), p99Ms, text };
}

function share(valuesMs, part) {
  const sorted = [...valuesMs].sort((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
}
