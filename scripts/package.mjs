import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packCommandLine, packRecorder } from '../packaging/npm.mjs';
import { packSingleFile, SINGLE_FILE_TARGETS } from '../packaging/single-file/single-file.mjs';
import { TARGETS } from '../packaging/targets.mjs';
import { packVsix, VSIX_TARGETS } from '../packaging/vsix.mjs';
import { setup } from './setup.mjs';

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    npm: { type: 'boolean', default: false },
    'single-file': { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'dist/packages' },
    partial: { type: 'boolean', default: false },
  },
});
setup();

const here = `${process.platform}-${process.arch}`;
const hasOther = values.npm || values['single-file'].length > 0;
const fallback = hasOther ? [] : [VSIX_TARGETS.includes(here) ? here : 'universal'];
const targets = allOf(values.target ?? fallback, VSIX_TARGETS);
const singleFiles = allOf(values['single-file'], SINGLE_FILE_TARGETS);

const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
if (status !== 0) fail('The build failed; the message is above');

const lacking = new Set();
const made = [];
for (const target of targets) {
  const { path, missing, recorders } = await packVsix({ target, dist: 'dist', out: values.out });
  for (const sentence of missing) lacking.add(sentence);
  const programs = recorders.filter(isProgram).map((file) => file.replace('dist/recorders/', ''));
  made.push([path, `recorders: ${programs.join(', ')}`]);
}
if (values.npm) {
  made.push([packCommandLine({ dist: 'dist', out: values.out })]);
  for (const target of Object.keys(TARGETS)) {
    const { path, missing } = packRecorder({ target, out: values.out });
    if (path) made.push([path]);
    if (missing) lacking.add(missing);
  }
}
for (const target of singleFiles) {
  const { path, missing } = packSingleFile({ target, dist: 'dist', out: values.out });
  made.push([path]);
  if (missing) lacking.add(missing);
}
// Together and last: what packs has told at length what it packed.
for (const [path, note] of made) tell(path, note);
for (const sentence of lacking) console.error(sentence);
if (lacking.size > 0 && !values.partial) {
  fail('These packages are not for people yet; --partial accepts them as they are');
}

function allOf(asked, known) {
  if (asked.includes('all')) return known;
  const unknown = asked.find((target) => !known.includes(target));
  if (unknown) fail(`There is no target ${unknown}; there are ${known.join(', ')} and all`);
  return asked;
}

function tell(path, note = '') {
  const megabytes = (statSync(path).size / 1_000_000).toFixed(2);
  console.log([relative('.', path), `${megabytes} MB`, note].join('  ').trimEnd());
}

function isProgram(path) {
  return /\/(ffmpeg(\.exe)?|pv_recorder\.node)$/.test(path);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
