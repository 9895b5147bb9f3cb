import { basename } from 'node:path';
import { build } from 'esbuild';
import { setup } from './setup.mjs';

// The oldest Node we support does not run TypeScript: this bundles a program and runs it.
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('Name the program to run');
setup();

const outfile = `.cache/${basename(entry, '.ts')}.mjs`;
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
  sourcemap: 'inline',
  // `ws` is CommonJS and calls `require` for Node's own modules.
  banner: {
    js: "import{createRequire as driverRequire}from'node:module';const require=driverRequire(import.meta.url);",
  },
});
process.argv = [process.execPath, outfile, ...args];
await import(`../${outfile}`);
