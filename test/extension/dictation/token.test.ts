import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchToken } from '../../../src/extension/dictation/token.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';

const clock = createMonotonicClock();

async function serverThat(answers: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answers(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

describe('fetchToken', () => {
  test('gives the token a server answers with', async () => {
    const url = await serverThat((response) => response.end('{"token": "t-1", "expires": 60}'));
    expect(await fetchToken(url, clock)).toBe('t-1');
  });

  test.each([
    ['an error', (response: ServerResponse) => response.writeHead(403).end()],
    ['no JSON', (response: ServerResponse) => response.end('<html>')],
    ['no token', (response: ServerResponse) => response.end('{"token": ""}')],
  ])('says so when it answers with %s', async (_, answers) => {
    const url = await serverThat(answers);
    await expect(fetchToken(url, clock)).rejects.toMatchObject({ code: 'account-refused' });
  });

  test('follows no redirect', async () => {
    const url = await serverThat((response) =>
      response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end(),
    );
    await expect(fetchToken(url, clock)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('says so when nobody answers', async () => {
    await expect(fetchToken('http://127.0.0.1:9/', clock)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
