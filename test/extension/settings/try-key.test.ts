import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { tryKey } from '../../../src/extension/settings/try-key.ts';
import { createMonotonicClock } from '../../../src/host/clock.ts';

const KEY = '0123456789abcdef0123456789abcdef';

async function tried(answer: RequestListener) {
  const requests: { readonly url: string; readonly key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', key: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const endpoint = `ws://127.0.0.1:${port}/v3/ws`;
  return { verdict: await tryKey(KEY, { endpoint, clock: createMonotonicClock() }), requests };
}

test('a key is tried when it is saved, by asking for a token, which opens no session', async () => {
  const { verdict, requests } = await tried((_, response) => response.end('{"token":"t"}'));
  expect(verdict).toBe('accepted');
  expect(requests).toEqual([{ url: '/v3/token?expires_in_seconds=60', key: KEY }]);
});

test.each([
  [401, 'refused'],
  [403, 'refused'],
  [404, 'unknown'],
  [500, 'unknown'],
] as const)('a service that answers %i makes it %s', async (status, expected) => {
  const { verdict } = await tried((_, response) => response.writeHead(status).end());
  expect(verdict).toBe(expected);
});

test('a key follows no redirect to a server nobody chose', async () => {
  const { verdict, requests } = await tried((_, response) =>
    response.writeHead(302, { Location: '/elsewhere' }).end(),
  );
  expect(verdict).toBe('unknown');
  expect(requests).toHaveLength(1);
});

test('a key is kept where nobody can be asked about it', async () => {
  const clock = createMonotonicClock();
  expect(await tryKey(KEY, { endpoint: 'ws://127.0.0.1:1/v3/ws', clock })).toBe('unknown');
});
