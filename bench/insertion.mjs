// How long a finished phrase takes from the service's message to the document, in a real VS Code of
// either age, over 200 phrases. Needs: sudo apt-get install chromium
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { setup } from '../scripts/setup.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
setup();

const DRIVER = '.cache/bench/insertion-driver.mjs';
await build({
  entryPoints: ['test/vscode/support/in-host.ts'],
  outfile: DRIVER,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { runInHost } = await import(new URL(`../${DRIVER}`, import.meta.url).href);

for (const release of ['newest', 'oldest']) {
  const entry = 'bench/insertion/host.ts';
  const { vscode, results, printed } = await runInHost({ release, entry });
  const line = printed.find((text) => text.startsWith('RESULT '))?.slice('RESULT '.length);
  console.log(`VS Code ${vscode}: ${line ?? results.map(({ error }) => error).join('\n')}`);
  if (results.some(({ error }) => error)) process.exitCode = 1;
}
