import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configFolder } from '../../src/host/config-folder.ts';
import { findKey, keyFile, removeKey, saveKey } from '../../src/host/keys.ts';

const KEY = '0123456789abcdef0123456789abcdef';
let env: { LULL_CONFIG_DIR: string };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lull-keys-'));
  env = { LULL_CONFIG_DIR: join(root, 'config', 'lull') };
});
afterEach(() => rm(root, { recursive: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a saved key is found again, and only its owner may read it', async () => {
  const path = await saveKey(KEY, env);
  expect(await findKey(env)).toEqual({ key: KEY, source: path });
  expect(await modeOf(path)).toBe('600');
  expect(await modeOf(env.LULL_CONFIG_DIR)).toBe('700');
});

test('a second key replaces the first and leaves no draft behind', async () => {
  await saveKey('first', env);
  await saveKey(KEY, env);
  expect((await findKey(env))?.key).toBe(KEY);
  expect(await readdir(env.LULL_CONFIG_DIR)).toEqual(['key']);
});

test('the environment goes before the login, unless it is empty', async () => {
  await saveKey(KEY, env);
  const found = await findKey({ ...env, ASSEMBLYAI_API_KEY: 'other' });
  expect(found).toEqual({ key: 'other', source: 'ASSEMBLYAI_API_KEY' });
  expect((await findKey({ ...env, ASSEMBLYAI_API_KEY: '' }))?.key).toBe(KEY);
});

test('without any there is none', async () => {
  expect(await findKey(env)).toBeUndefined();
});

test('a removed key is gone, and removing it again says so', async () => {
  await saveKey(KEY, env);
  expect(await removeKey(env)).toBe(true);
  expect(await removeKey(env)).toBe(false);
  expect(await findKey(env)).toBeUndefined();
});

test('a key file that others may read is closed to them', async () => {
  const path = await saveKey(KEY, env);
  await chmod(path, 0o644);
  await findKey(env);
  expect(await modeOf(path)).toBe('600');
});

test('a key with a line break is refused by its source, from wherever it comes', async () => {
  const malformed = { code: 'malformed-key' };
  await expect(findKey({ ASSEMBLYAI_API_KEY: `${KEY}\n` })).rejects.toMatchObject(malformed);
  await expect(saveKey(`${KEY}\n`, env)).rejects.toMatchObject(malformed);
  expect(await findKey(env)).toBeUndefined();
  const path = await saveKey(KEY, env);
  await writeFile(path, `${KEY}\n${KEY}\n`);
  await expect(findKey(env)).rejects.toMatchObject(malformed);
});

test('a folder that cannot be made is a sentence with the path and without the key', async () => {
  await writeFile(join(root, 'config'), '');
  await expect(saveKey(KEY, env)).rejects.toMatchObject({
    code: 'output-failed',
    message: `The key could not be saved in ${keyFile(env)}; check who may write there`,
  });
});

describe('the config folder', () => {
  test.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.config/lull'],
    ['linux', { HOME: '/home/a', XDG_CONFIG_HOME: '/x' }, '/x/lull'],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Application Support/lull'],
    ['win32', { APPDATA: '/a/Roaming' }, '/a/Roaming/lull'],
    ['linux', { HOME: '/home/a', LULL_CONFIG_DIR: '/t' }, '/t'],
  ])('on %s with %j is %s', (platform, variables, expected) => {
    expect(configFolder(variables, platform)).toBe(expected);
  });
});
