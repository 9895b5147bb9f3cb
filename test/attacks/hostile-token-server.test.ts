import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkTokenUrl, fetchToken } from '../../src/extension/dictation/token.ts';
import { createMonotonicClock } from '../../src/host/index.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { tokenHandler } from '../../src/token/index.ts';

type Answer = (response: ServerResponse) => void;

async function serverThat(answer: Answer): Promise<string> {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = (body: object): Answer => {
  return (response) => response.end(JSON.stringify(body));
};

const ATTACKS: readonly (readonly [string, Answer, string])[] = [
  [
    'packs a gigabyte of nothing into its answer',
    (response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(50_000_000)));
    },
    'answered with more than 16 kB, which is no token',
  ],
  [
    'goes on and on with its answer',
    (response) => {
      const more = () => response.write(' '.repeat(4_096), () => !response.destroyed && more());
      more();
    },
    'answered with more than 16 kB, which is no token',
  ],
  ['gives a token of five kilobytes', json({ token: 'x'.repeat(5_000) }), 'of more than 4 kB'],
  [
    'gives a token that says what else is paid for',
    json({ token: 'x&speech_model=dearest&max_session_duration_seconds=10800' }),
    'with a character that no token has',
  ],
  [
    'gives a token with a line that would be a header',
    json({ token: 'x\r\nHost: evil.example' }),
    'with a character that no token has',
  ],
  ['gives a token with letters that nobody sees', json({ token: 'x\u202ey' }), 'a character'],
  ['gives an object that says it is a token', json({ token: { toString: 1 } }), 'gave no token'],
  ['gives a list', json(['token']), 'gave no token'],
  ['gives nothing', (response) => response.end('null'), 'gave no token'],
  ['gives a page to log in', (response) => response.end('<html>'), 'is not JSON'],
];

describe('a server for tokens that means harm', () => {
  test.for(ATTACKS)('%s', async ([, answer, sentence]) => {
    const host = await serverThat(answer);
    const tried = fetchToken(`http://${host}/token`, createMonotonicClock());
    await expect(tried).rejects.toMatchObject({
      code: 'account-refused',
      message: expect.stringMatching(new RegExp(`^The token server at ${host} .*${sentence}`)),
    });
  });

  test('packs a gigabyte of nothing into its answer to a server of the person’s own', async () => {
    const host = await serverThat((response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(50_000_000)));
    });
    const handler = tokenHandler({ key: 'k'.repeat(32), endpoint: `ws://${host}` });
    expect((await handler(new Request('https://app.test/token'))).status).toBe(502);
  });

  test('never answers, so that the person waits for ever', async () => {
    const host = await serverThat(() => {});
    const clock = new FakeClock();
    const tried = fetchToken(`http://${host}/token`, clock);
    clock.advance(10_000);
    await expect(tried).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('sends the editor on to somebody else', async () => {
    const elsewhere = await serverThat(json({ token: 'theirs' }));
    const host = await serverThat((response) =>
      response.writeHead(302, { Location: `http://${elsewhere}/` }).end(),
    );
    const tried = fetchToken(`http://${host}/token`, createMonotonicClock());
    await expect(tried).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('is asked where others on the way can read the answer', () => {
    expect(() => checkTokenUrl('http://tokens.example/')).toThrow('must begin with https://');
    expect(() => checkTokenUrl('http://127.0.0.1.evil.example/')).toThrow('must begin with https');
    expect(() => checkTokenUrl('file:///etc/passwd')).toThrow('must begin with https://');
  });
});
