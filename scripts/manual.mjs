// Writes the reference of the command line and its man page anew, from the tables of the command line.
import { writeFileSync } from 'node:fs';
import { importSources } from './import-sources.mjs';
import { setup } from './setup.mjs';

setup();
const { manPage, manual, reference } = await importSources(
  'manual',
  `export { manPage } from './src/cli/help/man-page.ts';
   export { manual } from './src/cli/help/manual.ts';
   export { reference } from './src/cli/help/reference.ts';`,
);
writeFileSync('docs/command-line.md', reference(manual()));
writeFileSync('docs/lull.1', manPage(manual()));
