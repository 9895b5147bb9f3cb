import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { begin, connect, engineWith } from '../support/client.ts';
import { scriptRecognizers } from '../support/scripted-recognizers.ts';

async function setup({ secret }: { readonly secret?: string } = {}) {
  const clock = new FakeClock();
  const recognizers = scriptRecognizers({ maxSessions: 2 });
  const engine = await engineWith({ recognizers, clock, ...(secret ? { secret } : {}) });
  const origin = `http://127.0.0.1:${engine.port}`;
  const mint = async (query: string, key = secret ?? 'k') => {
    const response = await fetch(`${origin}/v3/token?${query}`, {
      headers: { Authorization: key },
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
    [{ speech_model: 'no model' }, 'speech_model must be the name of a model'],
    [{ inactivity_timeout: '4' }, 'inactivity_timeout must be at least 5'],
    [{ voice_focus_threshold: '0.5' }, 'voice_focus_threshold requires voice_focus'],
    [{ keyterms_prompt: JSON.stringify(Array(101).fill('x')) }, 'keyterms_prompt Max 100 items'],
    [
      { speech_model: 'universal-streaming-english', prompt: 'x' },
      'prompt is not supported by universal-streaming-english',
    ],
    [
      { speech_model: 'universal-streaming-multilingual', mode: 'max_accuracy' },
      'mode is not supported by universal-streaming-multilingual',
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

  test("is a token in the header too, where the vendor's Python SDK sends it: it caps", async () => {
    const { url, clock, mint } = await setup();
    const { body } = await mint('expires_in_seconds=60&max_session_duration_seconds=60');
    const client = await begin(url, { headers: { Authorization: body.token } });
    clock.advance(60_000);

    expect((await client.ended()).code).toBe(3008);
  });

  test('in the header opens nothing once it is too late, nor one of an engine that is gone', async () => {
    const [here, elsewhere] = [await setup(), await setup()];
    const { body } = await here.mint('expires_in_seconds=60');
    const foreign = (await elsewhere.mint('expires_in_seconds=60')).body;
    here.clock.advance(60_000);
    // Long after, too: what once was a token never becomes a key.
    const messages = [];
    for (const laterMs of [0, 90 * 60_000]) {
      here.clock.advance(laterMs);
      for (const { token } of [body, foreign]) {
        const client = await connect(here.url, { headers: { Authorization: token } });
        expect((await client.ended()).code).toBe(1008);
        messages.push(Object(client.messages[0])['error']);
      }
    }
    const [expired, invalid] = ['Signature has expired', 'Invalid API key'].map(
      (why) => `Unauthorized Connection: ${why}`,
    );
    expect(messages).toEqual([expired, invalid, expired, invalid]);
  });

  test('makes no further tokens, or it would never expire', async () => {
    const { mint } = await setup();
    const { body } = await mint('expires_in_seconds=60');
    expect(await mint('expires_in_seconds=60', body.token)).toMatchObject({ status: 401 });
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

  test.each(['127.0.0.1', 'localhost'])(
    'but not of a program that names the server itself as its origin, at %s',
    async (host) => {
      const { engine, url } = await setup();
      const own = `${host}:${engine.port}`;
      const headers = { Host: own, Origin: `http://${own}`, Authorization: 'k' };
      expect((await begin(url, { headers })).messages).toHaveLength(1);
    },
  );

  test('at any other path', async () => {
    const { origin, engine } = await setup();
    expect((await fetch(`${origin}/`)).status).toBe(404);
    const wrong = engine.url.replace('/v3/ws', '/v2/ws');
    await expect(connect(wrong)).rejects.toThrow('404');
  });
});

describe('with a secret', () => {
  const secret = 'only-its-owner-knows';

  test('only who knows it gets a session or a token', async () => {
    const { url, mint } = await setup({ secret });
    const stranger = await connect(url, { headers: { Authorization: 'any key' } });
    const inAddress = await connect(url, { query: { token: secret }, headers: {} });
    const owner = await begin(url, { headers: { Authorization: secret } });
    const { body } = await mint('expires_in_seconds=60');
    const guest = await begin(url, { query: { token: body.token }, headers: {} });

    for (const refused of [stranger, inAddress]) {
      expect((await refused.ended()).code).toBe(1008);
      expect(refused.messages).toMatchObject([
        { error: 'Unauthorized Connection: Invalid API key' },
      ]);
    }
    expect([owner, guest].map(({ messages }) => messages.length)).toEqual([1, 1]);
    expect(await mint('expires_in_seconds=60', 'any key')).toMatchObject({ status: 401 });
    expect(await mint('expires_in_seconds=60', `Bearer ${secret}`)).toMatchObject({ status: 200 });
  });
});

test.each(['universal-3-6', 'universal-3-7-preview', 'universal-streaming-9', 'whisper-2'])(
  'a model the vendor may well have is taken: %s',
  async (model) => {
    const { url } = await setup();
    const { messages } = await begin(url, { query: { speech_model: model } });
    expect(messages).toMatchObject([{ type: 'Begin', configuration: { model } }]);
  },
);

test('a hundred keyterms of fifty letters that no address holds are taken', async () => {
  const { url } = await setup();
  const keyterms = JSON.stringify(Array(100).fill('ß'.repeat(50)));
  const { messages } = await begin(url, { query: { keyterms_prompt: keyterms } });
  expect(messages).toHaveLength(1);
});

test('a port that is taken is a sentence', async () => {
  const { engine } = await setup();
  const second = engineWith({ recognizers: scriptRecognizers(), port: engine.port });
  await expect(second).rejects.toMatchObject({ code: 'engine-unavailable' });
});
