import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * What `exports`, lines of `export … from './src/…'`, names: the oldest Node we support does not run
 * TypeScript. From the project's folder; `name` tells it from what others import.
 */
export async function importSources(name, exports) {
  const outfile = resolve(`.cache/sources/${name}.mjs`);
  await build({
    stdin: { contents: exports, resolveDir: '.', loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Packages that are CommonJS call require() for Node's own modules.
    banner: {
      js: "import { createRequire as ours } from 'node:module'; const require = ours(import.meta.url);",
    },
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}
