import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  announceServer,
  findServeAccess,
  prepareServeSecret,
  serveSecretFile,
} from '../../src/host/serve-secret.ts';

let env: { LULL_CONFIG_DIR: string };
let root: string;
let path: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lull-serve-'));
  env = { LULL_CONFIG_DIR: join(root, 'config', 'lull') };
  path = serveSecretFile(env);
});
afterEach(() => rm(root, { recursive: true }));

const PORT = 8_765;
const URL_OF_SERVER = `ws://127.0.0.1:${PORT}/v3/ws`;
const announce = () => announceServer({ port: PORT, url: URL_OF_SERVER }, env);
const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

test('the secret is long, kept for its owner alone and the same the next time', async () => {
  const secret = await prepareServeSecret(env);

  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await prepareServeSecret(env)).toBe(secret);
  expect(await readFile(path, 'utf8')).toBe(`${secret}\n`);
  expect(await modeOf(path)).toBe('600');
  expect(await modeOf(dirname(path))).toBe('700');
});

test('many servers that start at once share one secret and leave no draft behind', async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => prepareServeSecret(env)));

  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(dirname(path))).toEqual(['secret']);
});

describe('a server that runs', () => {
  test.each([
    URL_OF_SERVER,
    `ws://127.0.0.1:${PORT}`,
    `ws://localhost:${PORT}/v3/ws`,
    `ws://[::1]:${PORT}`,
  ])('is found at %s, by its own address', async (endpoint) => {
    const secret = await prepareServeSecret(env);
    await announce();
    expect(await findServeAccess(endpoint, env)).toEqual({ url: URL_OF_SERVER, secret });
  });

  test.each([
    `ws://127.0.0.1:${PORT + 1}`,
    `wss://127.0.0.1:${PORT}`,
    `ws://example.com:${PORT}`,
    'wss://streaming.assemblyai.com/v3/ws',
    'no address',
  ])('is not found at %s, which gets no secret', async (endpoint) => {
    await prepareServeSecret(env);
    await announce();
    expect(await findServeAccess(endpoint, env)).toBeUndefined();
  });

  test('is not found any more once it has ended', async () => {
    await prepareServeSecret(env);
    const announcement = await announce();
    await announcement.withdraw();
    await announcement.withdraw();
    expect(await findServeAccess(URL_OF_SERVER, env)).toBeUndefined();
  });
});

test('a folder that cannot be written is a sentence with its name', async () => {
  await mkdir(root, { recursive: true });
  await writeFile(join(root, 'config'), '');
  await expect(prepareServeSecret(env)).rejects.toMatchObject({
    message: expect.stringContaining(root),
  });
  await expect(announce()).rejects.toMatchObject({
    code: 'output-failed',
    message: expect.stringContaining(`${root}/config/lull/serve/${PORT}.json could not be written`),
  });
});
