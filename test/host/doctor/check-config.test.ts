import { chmod, lstat, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkConfig } from '../../../src/host/doctor/check-config.ts';

async function configWith(mode: number) {
  const folder = await mkdtemp(join(tmpdir(), 'lull-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'key'), 'secret', { mode });
  return { folder, check: await checkConfig({ LULL_CONFIG_DIR: folder }, 'not-asked-for') };
}

test('is content with files for the person alone, and names them without their content', async () => {
  const { folder, check } = await configWith(0o600);
  expect(check).toEqual({
    name: 'config',
    state: 'ok',
    message: `${folder} has key, for you alone`,
  });
});

test('says how to close a file that others may read', async () => {
  const { folder, check } = await configWith(0o640);
  expect(check).toEqual({
    name: 'config',
    state: 'warning',
    message: `Others may read key (0640) in ${folder}; run: lull doctor --mend`,
  });
  expect((await lstat(join(folder, 'key'))).mode & 0o777).toBe(0o640);
});

test('closes what others may read when asked to, and follows no link', async () => {
  const { folder } = await configWith(0o640);
  const elsewhere = await mkdtemp(join(tmpdir(), 'lull-elsewhere-'));
  onTestFinished(() => rm(elsewhere, { recursive: true }));
  await writeFile(join(elsewhere, 'page'), 'for all');
  await chmod(join(elsewhere, 'page'), 0o644);
  await symlink(join(elsewhere, 'page'), join(folder, 'link'));
  await mkdir(join(folder, 'serve'), { mode: 0o700 });
  await writeFile(join(folder, 'serve', 'secret'), 'secret');
  await chmod(join(folder, 'serve', 'secret'), 0o604);

  expect(await checkConfig({ LULL_CONFIG_DIR: folder }, 'asked-for')).toEqual({
    name: 'config',
    state: 'ok',
    message: `Others could read key (0640), serve/secret (0604) in ${folder}; now only you can. If others use this machine, get a new key`,
  });
  const modeOf = async (...path: readonly string[]) => (await lstat(join(...path))).mode & 0o777;
  expect(await modeOf(folder, 'key')).toBe(0o600);
  expect(await modeOf(folder, 'serve', 'secret')).toBe(0o600);
  expect(await modeOf(elsewhere, 'page')).toBe(0o644);
});

test('finds nothing wrong with a folder that is not there yet', async () => {
  expect(await checkConfig({ LULL_CONFIG_DIR: '/nonexistent' }, 'not-asked-for')).toMatchObject({
    state: 'ok',
  });
});

test('says that nothing can be written there', async () => {
  // A folder that takes no files, not even from root.
  const folder = '/proc/self/task';
  expect(await checkConfig({ LULL_CONFIG_DIR: folder }, 'not-asked-for')).toMatchObject({
    state: 'warning',
    message: `Nothing can be written in ${folder}, so no key can be kept there; check who owns it`,
  });
});
