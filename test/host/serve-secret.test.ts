import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
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

  test('is not found any more once it has ended, well or badly', async () => {
    await prepareServeSecret(env);
    const announcement = await announce();
    await announcement.withdraw();
    await announcement.withdraw();
    expect(await findServeAccess(URL_OF_SERVER, env)).toBeUndefined();

    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const notice = JSON.stringify({ url: URL_OF_SERVER, pid: child.pid });
    await writeFile(join(dirname(path), `${PORT}.json`), notice, { mode: 0o600 });
    expect(await findServeAccess(URL_OF_SERVER, env)).toBeUndefined();
  });

  test.each(['', '{', '[]', '{"url":7,"pid":1}', '{"url":"ws://evil.example:8765","pid":1}'])(
    'is not made up by a notice that says %s',
    async (notice) => {
      await prepareServeSecret(env);
      await writeFile(join(dirname(path), `${PORT}.json`), notice, { mode: 0o600 });
      expect(await findServeAccess(URL_OF_SERVER, env)).toBeUndefined();
    },
  );
});

describe.skipIf(process.platform === 'win32')('a secret is refused', () => {
  const expectRefused = async (why: string) => {
    const refusal = {
      code: 'no-key',
      message: `${path} ${why}; delete it and start lull serve again`,
    };
    await announce();
    await expect(prepareServeSecret(env)).rejects.toMatchObject(refusal);
    await expect(findServeAccess(URL_OF_SERVER, env)).rejects.toMatchObject(refusal);
  };

  test('that others can read', async () => {
    await prepareServeSecret(env);
    await chmod(path, 0o640);
    await expectRefused('can be read by others');
  });

  test('that is a link', async () => {
    await prepareServeSecret(env);
    await rename(path, join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), path);
    await expectRefused('is a link or no file');
  });

  test('that is a folder', async () => {
    await mkdir(path, { recursive: true });
    await expectRefused('is a link or no file');
  });

  test('that is no secret', async () => {
    await prepareServeSecret(env);
    await writeFile(path, 'password\n');
    await expectRefused('holds no secret of lull serve');
  });

  test.skipIf(process.getuid?.() !== 0)('that belongs to somebody else', async () => {
    await prepareServeSecret(env);
    await chown(path, 65_534, 65_534);
    await expectRefused('belongs to somebody else');
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
