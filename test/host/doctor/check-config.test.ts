import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkConfig } from '../../../src/host/doctor/check-config.ts';

async function configWith(mode: number) {
  const folder = await mkdtemp(join(tmpdir(), 'lull-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'key'), 'secret', { mode });
  return { folder, check: await checkConfig({ LULL_CONFIG_DIR: folder }) };
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
    message: `Others may read key (0640) in ${folder}; run: chmod -R go= "${folder}"`,
  });
});

test('finds nothing wrong with a folder that is not there yet', async () => {
  expect(await checkConfig({ LULL_CONFIG_DIR: '/nonexistent' })).toMatchObject({ state: 'ok' });
});

test('says that nothing can be written there', async () => {
  // A folder that takes no files, not even from root.
  const folder = '/proc/self/task';
  expect(await checkConfig({ LULL_CONFIG_DIR: folder })).toMatchObject({
    state: 'warning',
    message: `Nothing can be written in ${folder}, so no key can be kept there; check who owns it`,
  });
});
