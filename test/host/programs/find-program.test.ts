import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from '../../../src/host/programs/find-program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lull-path-'));
  for (const name of ['first', 'second']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'first', 'record-me'), '', { mode: 0o644 });
  await writeFile(join(folder, 'second', 'record-me'), '', { mode: 0o755 });
  await writeFile(join(folder, 'second', 'sox.exe'), '', { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true }));

function find(
  name: string,
  { path = [join(folder, 'first'), join(folder, 'second')], platform = 'linux' } = {},
) {
  return findProgram(name, { env: { PATH: path.join(':') }, platform });
}

test('finds the first file on PATH that may be run', async () => {
  expect(await find('record-me')).toBe(join(folder, 'second', 'record-me'));
});

test('adds the ending of programs on Windows', async () => {
  expect(await find('sox', { platform: 'win32' })).toBe(join(folder, 'second', 'sox.exe'));
});

test('takes an absolute path as it is', async () => {
  const path = join(folder, 'second', 'record-me');
  expect(await find(path, { path: [] })).toBe(path);
});

test('finds nothing where there is nothing', async () => {
  expect(await find('no-such-recorder')).toBeUndefined();
  expect(await find('record-me', { path: [] })).toBeUndefined();
});

test('looks in the usual folders too, for what is started from a menu', async () => {
  expect(await find('sh', { path: [] })).toMatch(/^(\/usr)?\/bin\/sh$/);
});

test('looks only in the folders it is told, where it is told some', async () => {
  const env = { PATH: '/usr/bin:/bin', LULL_RECORDER_PATH: join(folder, 'second') };
  const search = { env, platform: 'linux' };
  expect(await findProgram('sh', search)).toBeUndefined();
  expect(await findProgram('record-me', search)).toBe(join(folder, 'second', 'record-me'));
});
