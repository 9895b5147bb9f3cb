import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { type BundledDriver, bundleDriver } from '../support/bundled-driver.ts';
import { answerHttp, answerRaw, listen, serve, upgrade } from '../support/loopback-servers.ts';
import { RUNTIMES } from '../support/runtimes.ts';
import { lacks } from '../support/system-packages.ts';

const MEBIBYTE = 1024 * 1024;
const run = promisify(execFile);
let driver: BundledDriver;

beforeAll(async () => {
  driver = await bundleDriver('test/host/fixtures/socket-driver.ts');
});
afterAll(() => driver.remove());

function closed(code: number, reason = '') {
  return { event: 'end', kind: 'closed', code, reason };
}

describe.each(RUNTIMES)('openWebSocket in $name', ({ command, args }) => {
  /** All that happened on a socket to `url`, until the program had nothing left to do. */
  async function events(url: string, action = 'listen'): Promise<readonly unknown[]> {
    const { stdout } = await run(command, [...args, driver.path, url, action], { timeout: 9_000 });
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  test('gives the close code and reason of the service', async () => {
    const url = await serve((client) => client.close(3007, 'Input Duration Error'));
    expect(await events(url)).toEqual([{ event: 'open' }, closed(3007, 'Input Duration Error')]);
  });

  test('reports a close without a code as 1005 and a lost connection as 1006', async () => {
    const bare = await serve((client) => client.close());
    const lost = await serve((client) => client.terminate());
    expect(await events(bare)).toEqual([{ event: 'open' }, closed(1005)]);
    expect(await events(lost)).toEqual([{ event: 'open' }, closed(1006)]);
  });

  test('sends text and bytes, with its header, and leaves the bytes as they were', async () => {
    const received: unknown[] = [];
    const http = createHttpServer();
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (client, request) => {
      received.push(request.headers.authorization, request.headers['sec-websocket-extensions']);
      client.on('message', (data, isBinary) => {
        received.push(isBinary ? [...(data as Buffer)] : data.toString());
        if (!isBinary) client.close(1000);
      });
    });
    const url = `ws://127.0.0.1:${await listen(http)}`;
    expect(await events(url, 'send')).toEqual([
      { event: 'open' },
      { event: 'sent', bytes: [1, 2, 3] },
      closed(1000),
    ]);
    expect(received).toEqual(['test-key', undefined, [1, 2, 3], 'text']);
  });

  test('hears the answer to a ping', async () => {
    const url = await serve((client) => client.on('ping', () => client.close(1000)));
    expect(await events(url, 'ping')).toEqual([
      { event: 'open' },
      { event: 'pong 7' },
      closed(1000),
    ]);
  });

  test('hears messages that come in one packet with the handshake', async () => {
    const url = await answerRaw((connection, head) => {
      const text = Buffer.from([0x81, 2, ...Buffer.from('{}')]);
      const bytes = Buffer.from([0x82, 1, 0]);
      const close = Buffer.from([0x88, 2, 0x03, 0xe8]);
      connection.write(Buffer.concat([Buffer.from(upgrade(head)), text, bytes, close]));
    });
    expect(await events(url)).toEqual([
      { event: 'open' },
      { event: 'text', length: 2 },
      { event: 'binary' },
      closed(1000),
    ]);
  });

  test.each([401, 403, 404, 429, 500, 503])('reports HTTP %i as a refusal', async (status) => {
    const url = await answerHttp(status);
    expect(await events(url)).toEqual([{ event: 'end', kind: 'refused', status }]);
  });

  test('follows no redirect: the key would go along', async () => {
    let visits = 0;
    const elsewhere = await answerRaw(() => {
      visits += 1;
    });
    const url = await answerHttp(302, { location: elsewhere.replace('ws', 'http') });
    expect(await events(url)).toEqual([{ event: 'end', kind: 'refused', status: 302 }]);
    expect(visits).toBe(0);
  });

  test('reports a dead port and an unknown host by the name of the error', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    expect(await events(`ws://127.0.0.1:${port}`)).toEqual([
      { event: 'end', kind: 'unreachable', errno: 'ECONNREFUSED' },
    ]);
    expect(await events('ws://host.invalid')).toEqual([
      {
        event: 'end',
        kind: 'unreachable',
        errno: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
      },
    ]);
  });

  test.each([
    ['says nothing and hangs up', () => ''],
    ['speaks no HTTP', () => 'SSH-2.0-OpenSSH_9.2\r\n'],
  ])('reports a server that %s as unreachable', async (_, answer) => {
    const url = await answerRaw((connection) => connection.end(answer()));
    expect(await events(url)).toEqual([
      { event: 'end', kind: 'unreachable', errno: expect.stringMatching(/^[A-Z_]+$/) },
    ]);
  });

  test.each([
    [
      'signs the handshake wrongly',
      (head: string) => upgrade(`${head}x`).replace(/Accept: ./, 'Accept: !'),
    ],
    [
      'speaks a protocol that nobody asked for',
      (head: string) =>
        upgrade(head).replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: chat\r\n\r\n'),
    ],
  ])('reports a server that %s as a handshake refused', async (_, answer) => {
    const url = await answerRaw((connection, head) => connection.end(answer(head)));
    expect(await events(url)).toEqual([{ event: 'end', kind: 'refused', status: 101 }]);
  });

  test.skipIf(lacks('openssl', 'openssl'))(
    'reports an untrusted certificate by its name',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lull-certificate-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-x509',
            '-newkey',
            'rsa:2048',
            '-nodes',
            '-days',
            '1',
            '-subj',
            '/CN=localhost',
          ],
          ...['-keyout', keyFile, '-out', certFile],
        ],
        { stdio: 'ignore' },
      );
      const tls = { key: await readFile(keyFile), cert: await readFile(certFile) };
      const port = await listen(createHttpsServer(tls));
      expect(await events(`wss://127.0.0.1:${port}`)).toEqual([
        { event: 'end', kind: 'unreachable', errno: expect.stringMatching(/CERT|SIGN|PROTO/) },
      ]);
    },
  );

  test.each(['not a url', 'http//x', 'ftp://127.0.0.1'])('ends on the URL %j', async (url) => {
    expect(await events(url)).toEqual([
      { event: 'end', kind: 'unreachable', errno: expect.any(String) },
    ]);
  });

  test('ends a message beyond a mebibyte as one no speech service sends', async () => {
    const url = await serve((client) => client.send('x'.repeat(MEBIBYTE + 1)));
    expect(await events(url)).toEqual([{ event: 'open' }, closed(1002)]);
  });

  test('ends a frame that the protocol forbids with 1002', async () => {
    const url = await answerRaw((connection, head) => {
      connection.write(Buffer.concat([Buffer.from(upgrade(head)), Buffer.from([0xff, 0xff, 1])]));
    });
    expect(await events(url)).toEqual([{ event: 'open' }, closed(1002)]);
  });

  test('abort() while connecting is no exception', async () => {
    const url = await answerRaw(() => {});
    expect(await events(url, 'abort-connecting')).toEqual([
      { event: 'end', kind: 'unreachable', errno: 'ECONNABORTED' },
    ]);
  });

  test('abort() of an open socket ends it at once', async () => {
    const url = await serve(() => {});
    expect(await events(url, 'abort')).toEqual([{ event: 'open' }, closed(1006)]);
  });

  test('close() ends although the service never answers it', async () => {
    const url = await answerRaw((connection, head) => {
      connection.write(upgrade(head));
    });
    expect(await events(url, 'close')).toEqual([{ event: 'open' }, closed(1006)]);
  });
});
