import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../support/fake-clock.ts';
import { begin, connect, engineWith } from '../support/client.ts';
import { scriptRecognizers } from '../support/scripted-recognizers.ts';

async function setup() {
  const clock = new FakeClock();
  const recognizers = scriptRecognizers({ maxSessions: 2 });
  const engine = await engineWith({ recognizers, clock });
  const origin = `http://127.0.0.1:${engine.port}`;
  const mint = async (query: string) => {
    const response = await fetch(`${origin}/v3/token?${query}`, {
      headers: { Authorization: 'k' },
    });
    return { status: response.status, body: Object(await response.json()) };
  };
  return { clock, recognizers, engine, url: engine.url, origin, mint };
}

describe('a client is refused before Begin', () => {
  test.each([
    ['no key', {}, 'Unauthorized Connection: Missing Authorization header'],
    ['a Bearer', { Authorization: 'Bearer k' }, 'Unauthorized Connection: Invalid API key'],
  ])('with %s: 1008 after the upgrade', async (_, headers, error) => {
    const { url } = await setup();
    const client = await connect(url, { headers });

    expect(await client.ended()).toEqual({ code: 1008, reason: 'See Error message for details' });
    expect(client.messages).toEqual([{ type: 'Error', error_code: 1008, error }]);
  });

  test.each([
    [{ sample_rate: '7999' }, 'sample_rate must be at least 8,000 Hz'],
    [{ sample_rate: 'fast' }, 'sample_rate must be an integer'],
    [{ encoding: 'opus' }, 'encoding must be one of pcm_s16le, pcm_mulaw'],
    [{ speech_model: 'universal-9' }, 'speech_model must be one of'],
    [{ inactivity_timeout: '4' }, 'inactivity_timeout must be at least 5'],
    [{ voice_focus_threshold: '0.5' }, 'voice_focus_threshold requires voice_focus'],
    [{ keyterms_prompt: JSON.stringify(Array(101).fill('x')) }, 'keyterms_prompt Max 100 items'],
    [
      { speech_model: 'universal-streaming-english', prompt: 'x' },
      'prompt is not supported by universal-streaming-english',
    ],
  ])('with %o: 3006', async (query, complaint) => {
    const { url } = await setup();
    const client = await connect(url, { query: { speech_model: 'universal-3-6-pro', ...query } });

    expect((await client.ended()).code).toBe(3006);
    const expected = `User Input Validation Error: ${complaint}`;
    expect(client.messages).toMatchObject([{ error: expect.stringContaining(expected) }]);
  });

  test('when as many sessions run as the machine can hear', async () => {
    const { url } = await setup();
    await begin(url);
    await begin(url);
    const client = await connect(url);

    expect((await client.ended()).code).toBe(1008);
    expect(client.messages).toMatchObject([
      { error: 'Unauthorized Connection: Too many concurrent sessions' },
    ]);
  });
});

test('a parameter nobody knows is passed over', async () => {
  const { url } = await setup();
  const { messages } = await begin(url, { query: { sampel_rate: 'x', __proto__: 'y' } });
  expect(messages).toHaveLength(1);
});

describe('a temporary token', () => {
  test('opens a session inside its window and caps it', async () => {
    const { url, clock, mint } = await setup();
    const { status, body } = await mint('expires_in_seconds=60&max_session_duration_seconds=90');
    const client = await begin(url, { query: { token: body.token }, headers: {} });
    clock.advance(90_000);

    expect([status, body.expires_in_seconds]).toEqual([200, 60]);
    expect((await client.ended()).code).toBe(3008);
    expect(client.messages.at(-1)).toMatchObject({
      error: 'Session Expired: Maximum session duration exceeded',
    });
  });

  test('opens nothing once it is too late, and nothing that was never issued does', async () => {
    const { url, clock, mint } = await setup();
    const { body } = await mint('expires_in_seconds=60');
    clock.advance(60_000);
    const late = await connect(url, { query: { token: body.token }, headers: {} });
    const wrong = await connect(url, { query: { token: 'made up' }, headers: {} });

    expect([(await late.ended()).code, (await wrong.ended()).code]).toEqual([1008, 1008]);
    expect(late.messages).toMatchObject([{ error: expect.stringContaining('expired') }]);
    expect(wrong.messages).toMatchObject([{ error: expect.stringContaining('Invalid') }]);
  });

  test.each([
    ['', 'missing', 'expires_in_seconds'],
    ['expires_in_seconds=soon', 'int_parsing', 'expires_in_seconds'],
    ['expires_in_seconds=0', 'greater_than_equal', 'expires_in_seconds'],
    ['expires_in_seconds=601', 'less_than_equal', 'expires_in_seconds'],
    [
      'expires_in_seconds=60&max_session_duration_seconds=59',
      'greater_than_equal',
      'max_session_duration_seconds',
    ],
  ])('is not issued for "%s"', async (query, type, field) => {
    const { mint } = await setup();
    expect(await mint(query)).toMatchObject({
      status: 422,
      body: { detail: [{ type, loc: ['query', field] }] },
    });
  });

  test('is not issued without a key', async () => {
    const { origin } = await setup();
    const response = await fetch(`${origin}/v3/token?expires_in_seconds=60`);
    expect(response.status).toBe(422);
  });
});

describe('the server is out of reach', () => {
  test('of other machines', async () => {
    const { engine } = await setup();
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    const socket = connectTcp({ host: outside?.address ?? '127.0.0.2', port: engine.port });
    const [error] = await once(socket, 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('of a web page whose name was made to point here', async () => {
    const { engine } = await setup();
    const path = '/v3/token?expires_in_seconds=60';
    const headers = { Host: 'evil.example', Authorization: 'k' };
    const asked = request({ host: '127.0.0.1', port: engine.port, path, headers }).end();
    const [response] = await once(asked, 'response');
    response.resume();
    expect(response.statusCode).toBe(404);
  });

  test('at any other path', async () => {
    const { origin, engine } = await setup();
    expect((await fetch(`${origin}/`)).status).toBe(404);
    const wrong = engine.url.replace('/v3/ws', '/v2/ws');
    await expect(connect(wrong)).rejects.toThrow('404');
  });
});

test('a port that is taken is a sentence', async () => {
  const { engine } = await setup();
  const second = engineWith({ recognizers: scriptRecognizers(), port: engine.port });
  await expect(second).rejects.toMatchObject({ code: 'engine-unavailable' });
});
