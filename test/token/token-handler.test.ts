import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type TokenHandlerOptions, tokenHandler } from '../../src/token/index.ts';

const KEY = 'k'.repeat(32);
const PAGE = 'https://app.test';
const ASK = `${PAGE}/token`;

/** A service that mints, and what it was asked. */
async function startService(reply: { readonly status?: number; readonly body?: string } = {}) {
  const asked: { readonly url: string; readonly key: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', key: request.headers.authorization });
    const { status = 200, body = '{"token":"t-1","expires_in_seconds":60}' } = reply;
    response.writeHead(status, status === 302 ? { Location: 'https://evil.test/' } : {}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, endpoint: `ws://127.0.0.1:${port}` };
}

async function ask(
  options: TokenHandlerOptions,
  init: RequestInit & { readonly origin?: string } = {},
): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }> {
  const { origin, ...rest } = init;
  const headers = origin === undefined ? {} : { Origin: origin };
  const response = await tokenHandler(options)(new Request(ASK, { headers, ...rest }));
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a page that may dictate', () => {
  test('gets a token with a cap, and never the key', async () => {
    const { endpoint, asked } = await startService();
    const { status, body, headers } = await ask({ key: KEY, endpoint, maxSessionSeconds: 120 });
    expect({ status, body }).toEqual({
      status: 200,
      body: { token: 't-1', expires_in_seconds: 60, max_session_duration_seconds: 120 },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(asked).toEqual([
      { url: '/v3/token?expires_in_seconds=60&max_session_duration_seconds=120', key: KEY },
    ]);
  });

  test('is served with the key of the environment', async () => {
    const { endpoint, asked } = await startService();
    vi.stubEnv('ASSEMBLYAI_API_KEY', KEY);
    expect((await ask({ endpoint })).status).toBe(200);
    expect(asked).toMatchObject([{ key: KEY }]);
  });

  test('may be of another origin only where that is allowed', async () => {
    const { endpoint, asked } = await startService();
    const allowedOrigins = ['https://friend.test'];
    const options = { key: KEY, endpoint, allowedOrigins };
    const friend = await ask(options, { origin: 'https://friend.test' });
    expect(friend.headers.get('access-control-allow-origin')).toBe('https://friend.test');
    expect((await ask(options, { origin: PAGE })).status).toBe(200);
    expect((await ask(options, { origin: 'https://evil.test' })).status).toBe(403);
    expect(asked.length).toBe(2);
    const preflight = await ask(options, { origin: 'https://friend.test', method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
  });
});

describe('who asks too much', () => {
  test('waits, while others are served', async () => {
    const { endpoint } = await startService();
    let nowMs = 0;
    const handler = tokenHandler({
      key: KEY,
      endpoint,
      perMinute: 2,
      clientOf: (request) => request.headers.get('x-user') ?? '',
      ports: { nowMs: () => nowMs },
    });
    const as = async (user: string) => handler(new Request(ASK, { headers: { 'X-User': user } }));
    const statuses = [];
    for (const user of ['ann', 'ann', 'ann', 'bob']) statuses.push((await as(user)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    nowMs = 20_000;
    expect((await as('ann')).headers.get('retry-after')).toBe('40');
    nowMs = 60_000;
    expect((await as('ann')).status).toBe(200);
  });

  test('may be refused by name', async () => {
    const { endpoint, asked } = await startService();
    expect((await ask({ key: KEY, endpoint, isAllowed: () => false })).status).toBe(401);
    expect(asked).toEqual([]);
  });
});

describe('a token that cannot be had', () => {
  test.each([
    [{ status: 401, body: `bad key ${KEY}` }, 'refused the key (401)'],
    [{ status: 500 }, 'answered 500'],
    [{ status: 302 }, 'cannot be reached'],
    [{ body: '<html>' }, 'answered with something that is not JSON'],
    [{ body: '{"token":"a b"}' }, 'gave a token with a character that no token has'],
    [{ body: 'x'.repeat(20_000) }, 'answered with more than 16 kB'],
  ])('is told to the log of the server and not to the page: %o', async (reply, sentence) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { endpoint } = await startService(reply);
    const { status, body } = await ask({ key: KEY, endpoint });
    expect(status).toBe(502);
    expect(JSON.stringify(body)).not.toContain(KEY);
    const said = log.mock.calls.flat().join('\n');
    expect(said).toContain(sentence);
    expect(said).not.toContain(KEY);
  });

  test('for want of a key', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.stubEnv('ASSEMBLYAI_API_KEY', '');
    expect((await ask({})).status).toBe(502);
    expect(log.mock.calls.flat().join()).toContain('There is no ASSEMBLYAI_API_KEY');
  });
});

test.each([
  [{ maxSessionSeconds: 59 }, 'maxSessionSeconds takes a whole number from 60 to 10800'],
  [{ expiresInSeconds: 601 }, 'expiresInSeconds'],
  [{ perMinute: 0 }, 'perMinute'],
  [{ endpoint: 'ws://example.com' }, 'not encrypted'],
  [{ maxSeconds: 1 } as TokenHandlerOptions, 'maxSeconds is no option'],
])('%o is refused when the server starts', (options, sentence) => {
  expect(() => tokenHandler(options)).toThrow(sentence);
});
