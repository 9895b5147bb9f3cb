import { mkdir, rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const FOLDER = '.cache/vscode-tests';

/**
 * Makes the tests one CommonJS file, which is what an extension host can load; gives its path.
 * @param {string} [entry]
 */
export async function bundleSuites(entry = 'test/vscode/host/index.ts') {
  await mkdir(FOLDER, { recursive: true });
  const outfile = resolve(FOLDER, `${entry.replaceAll(/[^a-z]+/g, '-')}.cjs`);
  // Editors that start at the same time read the same file.
  const own = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [entry],
    outfile: own,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await rename(own, outfile);
  return outfile;
}
