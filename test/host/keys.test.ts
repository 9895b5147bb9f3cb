import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configFolder } from '../../src/host/config-folder.ts';
import { findKey, removeKey, saveKey } from '../../src/host/keys.ts';

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
  await saveKey('the-first-of-both', env);
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

test('a key file that others may read is left as it is, for the doctor to tell', async () => {
  const path = await saveKey(KEY, env);
  await chmod(path, 0o644);
  expect((await findKey(env))?.key).toBe(KEY);
  expect(await modeOf(path)).toBe('644');
});

describe('a key belongs to an endpoint', () => {
  const OTHER = 'wss://stt.example.com/v3/ws';

  test('AssemblyAI’s key goes to no other server, wherever it comes from', async () => {
    const variables = { ...env, ASSEMBLYAI_API_KEY: KEY };
    await saveKey(KEY, env);
    for (const endpoint of [
      OTHER,
      'ws://127.0.0.1:8080/v3/ws',
      'wss://assemblyai.com.example.org/v3/ws',
      'wss://streaming-assemblyai.com/v3/ws',
    ]) {
      expect(await findKey(variables, endpoint)).toBeUndefined();
    }
  });

  test.each(['streaming', 'streaming.eu', 'streaming.us'])(
    'all of AssemblyAI’s own hosts share one: %s',
    async (name) => {
      await saveKey(KEY, env, `wss://${name}.assemblyai.com/v3/ws`);
      expect((await findKey(env))?.key).toBe(KEY);
      expect(await findKey({ ...env, LULL_KEY: 'other' })).toMatchObject({ key: KEY });
    },
  );

  test('the key of another server goes to that host and port only', async () => {
    const path = await saveKey('s3cret', env, OTHER);
    expect(await findKey(env, OTHER)).toEqual({ key: 's3cret', source: path });
    expect(await modeOf(path)).toBe('600');
    for (const endpoint of [
      undefined,
      'wss://stt.example.com:8443/v3/ws',
      'wss://stt.example.org/v3/ws',
    ]) {
      expect(await findKey(env, endpoint)).toBeUndefined();
    }
    expect(await removeKey(env)).toBe(false);
    expect(await removeKey(env, OTHER)).toBe(true);
  });

  test('LULL_KEY is for the other server that is named', async () => {
    const variables = { ...env, LULL_KEY: 'theirs' };
    expect(await findKey(variables, OTHER)).toEqual({ key: 'theirs', source: 'LULL_KEY' });
    expect(await findKey(variables)).toBeUndefined();
  });

  test.each(['ws://[::1]:9/v3/ws', 'ws://localhost/v3/ws', 'wss://localhost/v3/ws'])(
    '%s has a file of its own',
    async (endpoint) => {
      await saveKey('mine', env, endpoint);
      expect((await findKey(env, endpoint))?.key).toBe('mine');
      expect(await readdir(env.LULL_CONFIG_DIR)).toHaveLength(1);
      const other = endpoint.replace('localhost/', 'localhost:8080/').replace(':9/', ':8/');
      expect(await findKey(env, other)).toBeUndefined();
    },
  );
});

describe('what somebody pastes', () => {
  test.each([
    KEY,
    ` ${KEY}\n`,
    `"${KEY}"`,
    `'${KEY}'\r\n`,
    `ASSEMBLYAI_API_KEY=${KEY}`,
    `export ASSEMBLYAI_API_KEY="${KEY}"\n`,
    `ASSEMBLYAI_API_KEY = '${KEY}'`,
  ])('%j is the key alone', async (pasted) => {
    await saveKey(pasted, env);
    expect((await findKey(env))?.key).toBe(KEY);
  });

  test('an equals sign at the end of a key stays', async () => {
    const endpoint = 'wss://stt.example.com/v3/ws';
    await saveKey('bXkga2V5==', env, endpoint);
    expect((await findKey(env, endpoint))?.key).toBe('bXkga2V5==');
  });

  test.each([
    ['yes', 'is too short to be a key'],
    ['https://www.assemblyai.com/dashboard', 'is an address and not a key'],
    ['/home/me/keys/assemblyai.txt', 'contains a character that no AssemblyAI key has'],
    ['<paste-your-api-key-here>', 'contains a character that no AssemblyAI key has'],
    ['my key is on the other machine', 'contains a space'],
    ['""', 'is empty'],
  ])('%j is refused: it cannot be a key', async (pasted, fault) => {
    await expect(saveKey(pasted, env)).rejects.toMatchObject({
      code: 'malformed-key',
      message: `That key ${fault}; copy the key again from https://www.assemblyai.com/dashboard`,
    });
    expect(await findKey(env)).toBeUndefined();
  });
});

test('a key with a line break is refused by its source, from wherever it comes', async () => {
  const malformed = { code: 'malformed-key' };
  await expect(findKey({ ASSEMBLYAI_API_KEY: `${KEY}\n` })).rejects.toMatchObject(malformed);
  await expect(saveKey(`${KEY}\n${KEY}`, env)).rejects.toMatchObject(malformed);
  expect(await findKey(env)).toBeUndefined();
  const path = await saveKey(KEY, env);
  await writeFile(path, `${KEY}\n${KEY}\n`);
  await expect(findKey(env)).rejects.toMatchObject(malformed);
});

test('a folder that cannot be made is a sentence with the path and without the key', async () => {
  await writeFile(join(root, 'config'), '');
  await expect(saveKey(KEY, env)).rejects.toMatchObject({
    code: 'output-failed',
    message: `The key could not be saved in ${join(root, 'config', 'lull', 'key')}; check who may write there, or name another folder in LULL_CONFIG_DIR`,
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
