// The tests of the extension host in the VS Code of a desktop, which is downloaded.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { setup } from '../../scripts/setup.mjs';
import { bundleSuites } from './support/bundle-suites.mjs';

setup();
const folder = await mkdtemp(join(tmpdir(), 'lull-desktop-'));
const results = join(folder, 'results.json');
try {
  await runTests({
    version: process.argv[2] ?? 'stable',
    extensionDevelopmentPath: fileURLToPath(new URL('../..', import.meta.url)),
    extensionTestsPath: await bundleSuites(),
    extensionTestsEnv: { LULL_RESULTS: results },
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
const outcomes = JSON.parse(await readFile(results, 'utf8').catch(() => '[]'));
for (const { title, error } of outcomes) {
  process.stdout.write(`${error ? '✗' : '✓'} ${title}\n${error ? `${error}\n` : ''}`);
}
