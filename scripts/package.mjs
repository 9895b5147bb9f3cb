import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packVsix, VSIX_TARGETS } from '../packaging/vsix.mjs';
import { setup } from './setup.mjs';

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    out: { type: 'string', default: 'dist/packages' },
    partial: { type: 'boolean', default: false },
  },
});
setup();

const here = `${process.platform}-${process.arch}`;
const asked = values.target ?? [VSIX_TARGETS.includes(here) ? here : 'universal'];
const targets = asked.includes('all') ? VSIX_TARGETS : asked;
const unknown = targets.find((target) => !VSIX_TARGETS.includes(target));
if (unknown) fail(`There is no target ${unknown}; there are ${VSIX_TARGETS.join(', ')} and all`);

const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
if (status !== 0) fail('The build failed; the message is above');

const lacking = new Set();
for (const target of targets) {
  const { path, missing } = await packVsix({ target, dist: 'dist', out: values.out });
  for (const sentence of missing) lacking.add(sentence);
  const megabytes = (statSync(path).size / 1_000_000).toFixed(2);
  console.log(`${relative('.', path)}  ${megabytes} MB`);
}
for (const sentence of lacking) console.error(sentence);
if (lacking.size > 0 && !values.partial) {
  fail('These packages are not for people yet; --partial accepts them as they are');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
