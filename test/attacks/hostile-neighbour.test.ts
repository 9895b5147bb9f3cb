import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  announceServer,
  findKey,
  findServeAccess,
  prepareServeSecret,
  saveKey,
  serveSecretFile,
} from '../../src/host/index.ts';
import { findProgram } from '../../src/host/programs/find-program.ts';
import { spawnGuarded } from '../../src/host/programs/guarded-child.ts';
import { ONE_TURN } from '../runtimes/contract/scripts.ts';
import { CliBench } from '../runtimes/running-cli.ts';
import { writeTalk } from '../runtimes/talk.ts';
import { RUNTIMES } from '../support/runtimes.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const PORT = 8_765;
const SERVED = `ws://127.0.0.1:${PORT}/v3/ws`;
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

function home() {
  const root = mkdtempSync(join(tmpdir(), 'lull-attack-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return { root, env: { LULL_CONFIG_DIR: join(root, 'config') } };
}

/** A pipe with nobody at its other end: whoever opens it waits for ever. */
async function makePipe(path: string): Promise<void> {
  await once(spawn('mkfifo', ['-m', '600', path]), 'exit');
}

describe('another user of this machine, who wants the key of lull serve', () => {
  const announced = async () => {
    const { root, env } = home();
    const secret = await prepareServeSecret(env);
    const path = serveSecretFile(env);
    await announceServer({ port: PORT, url: SERVED }, env);
    return { root, env, path, secret };
  };

  test.each<[string, (path: string, root: string) => unknown, string]>([
    ['reads it, because it was made readable', (path) => chmodSync(path, 0o644), 'read by others'],
    [
      'puts a link in its place',
      (path, root) => {
        rmSync(path);
        writeFileSync(join(root, 'theirs'), 'x'.repeat(43), { mode: 0o600 });
        symlinkSync(join(root, 'theirs'), path);
      },
      'is a link or no file',
    ],
    [
      'puts a pipe in its place, so that everything waits',
      async (path) => {
        rmSync(path);
        await makePipe(path);
      },
      'is a link or no file',
    ],
    [
      'puts a folder in its place',
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
      'is a link or no file',
    ],
    [
      'puts a file without end in its place',
      (path) => writeFileSync(path, 'x'.repeat(1_000_000)),
      'is no file of lull serve',
    ],
    ['writes a word of their own into it', (path) => writeFileSync(path, 'guess'), 'no secret'],
  ])('%s', async (_, attack, why) => {
    const { root, env, path } = await announced();
    await attack(path, root);
    const refusal = { code: 'no-key', message: expect.stringContaining(why) };
    await expect(findServeAccess(SERVED, env)).rejects.toMatchObject(refusal);
    await expect(prepareServeSecret(env)).rejects.toMatchObject(refusal);
  });

  test.skipIf(!isRoot)('puts a file of their own in its place', async () => {
    const { env, path } = await announced();
    chownSync(path, NOBODY, NOBODY);
    await expect(findServeAccess(SERVED, env)).rejects.toThrow('belongs to somebody else');
  });

  test('takes the port when the server has crashed, and waits to be sent it', async () => {
    const { env, path } = await announced();
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    const notice = JSON.stringify({ url: SERVED, pid: gone.pid });
    writeFileSync(join(dirname(path), `${PORT}.json`), notice, { mode: 0o600 });
    expect(await findServeAccess(SERVED, env)).toBeUndefined();
  });

  test.each([
    ['has a server at another port', `ws://127.0.0.1:${PORT + 1}`],
    ['has a server of the same port on another machine', `ws://evil.example:${PORT}`],
    ['has a name that looks like this machine', `ws://127.0.0.1.evil.example:${PORT}`],
  ])('%s', async (_, endpoint) => {
    const { env } = await announced();
    expect(await findServeAccess(endpoint, env)).toBeUndefined();
  });

  test.each(['{"url":"ws://evil.example:8765","pid":1}', '{"url":7,"pid":1}', '[]', '{'])(
    'has a notice that says %s',
    async (notice) => {
      const { env, path } = await announced();
      writeFileSync(join(dirname(path), `${PORT}.json`), notice, { mode: 0o600 });
      expect(await findServeAccess(SERVED, env)).toBeUndefined();
    },
  );
});

describe('another user of this machine, who wants the key of AssemblyAI or the person’s voice', () => {
  test('asks for the key of AssemblyAI at an address of their own', async () => {
    const { env } = home();
    await saveKey(KEY, env);
    for (const endpoint of [
      'wss://evil.example',
      'ws://127.0.0.1:9',
      'wss://assemblyai.com.evil',
    ]) {
      expect(await findKey({ ...env, ASSEMBLYAI_API_KEY: KEY }, endpoint)).toBeUndefined();
    }
  });

  test('asks for the key of another server at another port of its host', async () => {
    const { env } = home();
    await saveKey(KEY, env, 'wss://stt.example:8443/v3/ws');
    expect(await findKey(env, 'wss://stt.example/v3/ws')).toBeUndefined();
    expect(await findKey(env, 'wss://stt.example:8444/v3/ws')).toBeUndefined();
  });

  test('puts a link to a key of their own in its place, so that the voice goes to their account', async () => {
    const { root, env } = home();
    mkdirSync(env.LULL_CONFIG_DIR);
    writeFileSync(join(root, 'theirs'), KEY);
    symlinkSync(join(root, 'theirs'), join(env.LULL_CONFIG_DIR, 'key'));
    await expect(findKey(env)).rejects.toMatchObject({
      code: 'no-key',
      message: `The key in ${join(env.LULL_CONFIG_DIR, 'key')} is not used because it is a link to another file; delete it and run lull login`,
    });
  });

  test.skipIf(!isRoot)('puts a file of their own in the place of the key', async () => {
    const { env } = home();
    chownSync(await saveKey(KEY, env), NOBODY, NOBODY);
    await expect(findKey(env)).rejects.toThrow('belongs to another user');
  });

  test('puts a pipe in the place of the key, so that everything waits', async () => {
    const { env } = home();
    mkdirSync(env.LULL_CONFIG_DIR);
    await makePipe(join(env.LULL_CONFIG_DIR, 'key'));
    await expect(findKey(env)).rejects.toThrow('is not a file');
  });

  test('puts a recorder of theirs into the folder the person works in', async () => {
    const { root } = home();
    writeFileSync(join(root, 'record-me'), '#!/bin/sh\n', { mode: 0o755 });
    const PATH = `${relative(process.cwd(), root)}:.:`;
    const search = { env: { PATH }, platform: 'linux' };
    expect(await findProgram('record-me', search)).toBeUndefined();
  });

  test.each(['none', 'pipe'] as const)(
    'reads the keys out of a program that was started (input: %s)',
    async (input) => {
      const keys = { ASSEMBLYAI_API_KEY: KEY, LULL_KEY: KEY };
      const child = spawnGuarded({
        ...{ path: process.execPath, platform: process.platform, input },
        env: { ...process.env, ...keys },
        args: ['-e', 'process.stdout.write(JSON.stringify(process.env))'],
      });
      let seen = '';
      for await (const text of child.process.stdout ?? []) seen += String(text);
      expect(seen).toContain('PATH');
      expect(seen).not.toContain(KEY);
    },
  );
});

describe('another user of this machine, against the command line as it is shipped', () => {
  let bench: CliBench;
  beforeAll(() => {
    const [node] = RUNTIMES;
    if (node) bench = new CliBench(node);
  }, 60_000);
  afterAll(() => bench.close());

  test('takes the port that lull is told, and waits for the key and the voice', {
    timeout: 60_000,
  }, async () => {
    const server = await bench.serve(ONE_TURN);
    const { path } = writeTalk(bench.folder, 1);
    const args = [path, '--endpoint', server.url, '--verbose'];
    const { stderr } = await bench.start(args, { env: { ASSEMBLYAI_API_KEY: KEY } }).exited;
    const { headers, query } = await server.connection(0);
    expect(JSON.stringify([headers, ...query])).not.toContain(KEY);
    expect(stderr).not.toContain(KEY);
  });
});
