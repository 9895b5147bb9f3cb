import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { begin, connect, engineWith } from '../engine/support/client.ts';
import { scriptRecognizers } from '../engine/support/scripted-recognizers.ts';

const SECRET = 'only-its-owner-knows';

async function serve(script: Parameters<typeof scriptRecognizers>[0] = {}) {
  const clock = new FakeClock();
  const recognizers = scriptRecognizers({ maxSessions: 2, ...script });
  const engine = await engineWith({ recognizers, clock, secret: SECRET });
  return { clock, engine, url: engine.url, recognizers, headers: { Authorization: SECRET } };
}

describe('a web page in the person’s browser, which wants what lull serve hears or its machine', () => {
  test.each([
    ['has its name made to point at this machine', { Host: 'evil.example' }],
    ['asks from anywhere', { Origin: 'https://evil.example' }],
    ['asks from another server of this machine', { Origin: 'http://127.0.0.1:3000' }],
    ['hides where it is from', { Origin: 'null' }],
    ['has a name that looks like this machine', { Host: '127.0.0.1.evil.example' }],
  ])('%s', async (_, more) => {
    const { engine, url, headers } = await serve();
    const all = { ...more, ...headers };
    const path = '/v3/token?expires_in_seconds=60';
    const asked = request({ host: '127.0.0.1', port: engine.port, path, headers: all }).end();
    const [response] = await once(asked, 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
    await expect(connect(url, { headers: all })).rejects.toThrow('403');
  });
});

describe('another user of this machine, or a program, at the port of lull serve', () => {
  test.each([
    ['knows no secret', { headers: { Authorization: 'guess' } }],
    ['guesses as many letters as it has', { headers: { Authorization: 'x'.repeat(20) } }],
    ['knows its beginning', { headers: { Authorization: SECRET.slice(0, -1) } }],
    ['puts it where addresses are logged', { query: { token: SECRET }, headers: {} }],
    ['comes without any', { headers: {} }],
  ])('%s', async (_, options) => {
    const { url } = await serve();
    const client = await connect(url, options);
    expect((await client.ended()).code).toBe(1008);
    expect(client.messages).toMatchObject([{ type: 'Error' }]);
  });

  test('takes all the places there are, and does not say who it is', async () => {
    const { url, headers } = await serve();
    const guess = { headers: { Authorization: 'guess' } };
    await Promise.all(Array.from({ length: 20 }, () => connect(url, guess)));
    await begin(url, { headers });
    await begin(url, { headers });
  });

  test('keeps a place for hours and says nothing', async () => {
    const { url, clock, headers } = await serve();
    const idle = await begin(url, { headers });
    clock.advance(600_000);
    expect((await idle.ended()).code).not.toBe(1000);
  });

  test('makes a token out of a token, so that it never expires', async () => {
    const { engine, headers } = await serve();
    const mint = (key: string) =>
      fetch(`http://127.0.0.1:${engine.port}/v3/token?expires_in_seconds=60`, {
        headers: { Authorization: key },
      });
    const { token } = Object(await (await mint(headers.Authorization)).json());
    expect((await mint(token)).status).toBe(401);
  });

  test('sends minutes of audio after it said goodbye, to fill the memory', async () => {
    const { url, headers, recognizers } = await serve({ pace: 'when-told', pending: 'last words' });
    const client = await begin(url, { headers });
    client.send({ type: 'Terminate' });
    client.sendSilence(600, 1_000);
    await expect.poll(() => client.bufferedBytes, { timeout: 9_000 }).toBe(0);
    recognizers.opened[0]?.hear();
    await client.ended();
    expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: 0 });
  });
});
