import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packSingleFile, SINGLE_FILE_TARGETS } from '../../packaging/single-file/single-file.mjs';
import { unpack } from '../../packaging/single-file/unpack.ts';
import { MODEL } from './support/model.ts';

const HERE = `${process.platform}-${process.arch}`;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lull-single-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.runIf(SINGLE_FILE_TARGETS.includes(HERE))(
  'one program says its version and its help, tries its recorders, and hears offline',
  { timeout: 180_000 },
  async () => {
    const { path } = packSingleFile({ target: HERE, dist: 'dist', out: '.cache/single-file' });
    // Nothing else is on the path, and the folder belongs to somebody who sets a trap.
    writeFileSync(join(folder, '.env'), 'ASSEMBLYAI_API_KEY=of-a-stranger\n');
    const lull = (...args: readonly string[]) =>
      promisify(execFile)(path, args, { cwd: folder, env: { HOME: folder, PATH: folder } });

    expect((await lull('--version')).stdout).toBe(`${version}\n`);
    expect((await lull('--help')).stdout).toContain('Usage: lull [dictate] [options]');

    const report = await lull('doctor', '--json').catch((error) => error);
    const { checks, rungs } = JSON.parse(report.stdout);
    expect(checks).toContainEqual(expect.objectContaining({ name: 'key', state: 'skipped' }));
    // Whether or not there is a microphone: the scripts are run as scripts.
    const scripts = rungs.filter(({ name }: { name: string }) => name === 'pulse client');
    expect(scripts).toEqual([expect.objectContaining({ name: 'pulse client' })]);
    expect(JSON.stringify(rungs)).not.toMatch(/WAV|Unexpected argument/);

    const speech = resolve('media/hello.wav');
    const heard = await lull(
      speech,
      '--engine',
      'local',
      '--model-dir',
      resolve(MODEL),
      '--silence',
      '3',
    );
    expect(heard.stdout).toMatch(/^Go forward ten meters\.\n/);
  },
);

test('what it carries is laid out once, and by two at the same time', () => {
  const env = { LULL_DATA_DIR: join(folder, 'data') };
  const source = join(folder, 'a-program');
  writeFileSync(source, 'first');
  const packed = { name: '1-abc', files: [{ source, path: 'inside/program', mode: 0o755 }] };
  const place = unpack(packed, env);
  expect(statSync(join(place, 'inside/program')).mode & 0o777).toBe(0o755);

  writeFileSync(source, 'second');
  expect(unpack(packed, env)).toBe(place);
  expect(readFileSync(join(place, 'inside/program'), 'utf8')).toBe('first');
  expect(readdirSync(join(folder, 'data/programs'))).toEqual(['1-abc']);
});

test('a home that takes nothing does not keep it from running', () => {
  // A file where the folder should be: also an administrator cannot write there.
  const data = join(folder, 'no-folder');
  writeFileSync(data, '');
  const source = join(folder, 'b-program');
  writeFileSync(source, 'here');
  const packed = { name: '1-abc', files: [{ source, path: 'program', mode: 0o644 }] };
  const place = unpack(packed, { LULL_DATA_DIR: data });
  expect(place.startsWith(tmpdir())).toBe(true);
  expect(readFileSync(join(place, 'program'), 'utf8')).toBe('here');
});
