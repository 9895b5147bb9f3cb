// Writes the reference of the command line and its man page anew, from the tables of the command line.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { setup } from './setup.mjs';

setup();
// The oldest Node we support does not run TypeScript.
const outfile = '.cache/manual.mjs';
await build({
  stdin: {
    contents: `
      export { manPage } from './src/cli/help/man-page.ts';
      export { manual } from './src/cli/help/manual.ts';
      export { reference } from './src/cli/help/reference.ts';`,
    resolveDir: '.',
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire as ours } from 'node:module'; const require = ours(import.meta.url);",
  },
  outfile,
});
const { manPage, manual, reference } = await import(`../${outfile}`);
writeFileSync('docs/command-line.md', reference(manual()));
writeFileSync('docs/lull.1', manPage(manual()));
