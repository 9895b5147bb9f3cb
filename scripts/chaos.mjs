import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import { setup } from './setup.mjs';

setup();

// The oldest Node we support does not run TypeScript.
mkdirSync('.cache', { recursive: true });
await build({
  entryPoints: ['test/chaos/chaos.ts'],
  outfile: '.cache/chaos.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
  sourcemap: 'inline',
  // `ws` is CommonJS and calls `require` for Node's own modules.
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
});
await import('../.cache/chaos.mjs');
