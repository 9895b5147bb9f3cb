import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { tryKey } from '../../../src/host/doctor/try-key.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { startScriptedServer } from '../../../src/testing/scripted-server.ts';
import type { ServerScript } from '../../../src/testing/server-script.ts';

const KEY = '0123456789abcdef0123456789abcdef';

async function tryAt(script: ServerScript) {
  const server = await startScriptedServer(script);
  onTestFinished(() => server.close());
  const check = await tryKey({ endpoint: server.url, key: KEY }, createMonotonicClock());
  return { server, check };
}

test('a key that opens a session is good, and the session is ended at once', async () => {
  const { server, check } = await tryAt({});
  expect(check).toMatchObject({ name: 'key', state: 'ok' });
  expect(check.message).toMatch(
    /^The key is good: a session at 127\.0\.0\.1:\d+ began, and \d+ s were billed$/,
  );
  const [connection] = server.connections;
  expect(await connection?.ended()).toBe(1_000);
  expect(connection?.frames.at(-1)).toMatchObject({ message: { type: 'Terminate' } });
});

test('a key that is refused ends the doctor as it would end a dictation', async () => {
  const refuse = { code: 1008, text: 'Unauthorized Connection: Invalid API key' };
  const { server, check } = await tryAt({ refuse });
  expect(check).toMatchObject({ state: 'failed', error: { code: 'key-refused', area: 'account' } });
  expect(JSON.stringify(check)).not.toContain(KEY);
  expect(server.connections).toHaveLength(1);
});

test('a service that never begins has not taken the key', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = new FakeClock();
  const trial = tryKey({ endpoint: `ws://127.0.0.1:${port}`, key: KEY }, clock);
  clock.advance(15_000);
  clock.advance(1_000);
  expect(await trial).toMatchObject({ state: 'failed', error: { code: 'connect-timeout' } });
});

test('a service that is not there says nothing about the key', async () => {
  const check = await tryKey({ endpoint: 'ws://127.0.0.1:9', key: KEY }, createMonotonicClock());
  expect(check).toMatchObject({ state: 'failed', error: { code: 'unreachable' } });
});
