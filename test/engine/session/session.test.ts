import { describe, expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { begin, connect, engineWith } from '../support/client.ts';
import { type Hearing, scriptRecognizers } from '../support/scripted-recognizers.ts';

const SPEECH: readonly Hearing[] = [
  { atMs: 400, partial: 'hello' },
  { atMs: 600, partial: 'hello word' },
  { atMs: 1_000, final: 'hello world' },
];
const US = { speech_model: 'universal-streaming-english', sample_rate: '16000' };

async function setup(script: Parameters<typeof scriptRecognizers>[0] = { hearings: SPEECH }) {
  const recognizers = scriptRecognizers(script);
  const clock = new FakeClock();
  const engine = await engineWith({ recognizers, clock });
  return { recognizers, clock, url: engine.url };
}

describe('a session', () => {
  test('begins with a configuration, an id and an end in three hours', async () => {
    const { url } = await setup();
    const { messages } = await begin(url);

    const inThreeHours = Math.floor(Date.now() / 1_000) + 10_800;
    expect(messages).toMatchObject([
      { type: 'Begin', configuration: { model: 'universal-3-6-pro' } },
    ]);
    expect(Object(messages[0])['expires_at']).toBeGreaterThan(inThreeHours - 30);
    expect(Object(messages[0])['expires_at']).toBeLessThanOrEqual(inThreeHours);
  });

  test('of a Pro model starts speech, replaces partials and formats one final', async () => {
    const { url } = await setup();
    const client = await begin(url);
    client.sendSilence(20);
    client.send({ type: 'Terminate' });

    expect(await client.ended()).toEqual({ code: 1000, reason: 'Session Ended' });
    expect(client.messages.slice(1)).toMatchObject([
      { type: 'SpeechStarted' },
      { type: 'Turn', turn_order: 0, end_of_turn: false, transcript: 'Hello' },
      { type: 'Turn', turn_order: 0, end_of_turn: false, transcript: 'Hello word' },
      {
        type: 'Turn',
        turn_order: 0,
        end_of_turn: true,
        turn_is_formatted: true,
        transcript: 'Hello world.',
        words: [
          { text: 'Hello', start: 0, end: 200, word_is_final: true },
          { text: 'world.', start: 200, end: 400, word_is_final: true },
        ],
      },
      { type: 'Termination', audio_duration_seconds: 1 },
    ]);
  });

  test('of a US model that is asked to format sends the final twice and an empty one at the end', async () => {
    const { url } = await setup();
    const client = await begin(url, { query: { ...US, format_turns: 'true' } });
    client.sendSilence(20);
    client.send({ type: 'Terminate' });
    await client.ended();

    const finals = client.turns.filter((turn) => turn.end_of_turn);
    expect(finals).toMatchObject([
      { turn_order: 0, turn_is_formatted: false, transcript: 'hello world' },
      { turn_order: 0, turn_is_formatted: true, transcript: 'Hello world.' },
      { turn_order: 1, transcript: '', words: [] },
    ]);
    expect(client.messages.map(({ type }) => type)).not.toContain('SpeechStarted');
  });

  test('of a US model keeps the words of a partial out of its transcript', async () => {
    const { url } = await setup();
    const client = await begin(url, { query: US });
    client.sendSilence(12);
    client.send({ type: 'Terminate' });
    await client.ended();

    expect(client.turns[1]).toMatchObject({
      transcript: '',
      words: [{ text: 'hello' }, { text: 'word', word_is_final: false }],
    });
  });

  test('flushes the open turn before Termination', async () => {
    const { url } = await setup({ pending: 'last words' });
    const client = await begin(url);
    client.send({ type: 'Terminate' });
    await client.ended();

    expect(client.messages.slice(1).map(({ type }) => type)).toEqual(['Turn', 'Termination']);
    expect(client.turns[0]?.transcript).toBe('Last words.');
  });

  test('ends the turn on ForceEndpoint and goes on', async () => {
    const { url } = await setup({ pending: 'forced' });
    const client = await begin(url);
    client.send({ type: 'ForceEndpoint' });
    await client.until('Turn');
    client.send({ type: 'Terminate' });

    expect((await client.ended()).code).toBe(1000);
    expect(client.turns.map((turn) => turn.transcript)).toEqual(['Forced.']);
  });

  test('drops partials when the client wants none', async () => {
    const { url } = await setup();
    const query = { speech_model: 'universal-3-6-pro', include_partial_turns: 'false' };
    const client = await begin(url, { query });
    client.sendSilence(20);
    client.send({ type: 'Terminate' });
    await client.ended();

    expect(client.turns.map((turn) => turn.end_of_turn)).toEqual([true]);
  });

  test('takes the silence that ends a turn from the address and from updates', async () => {
    const { url, recognizers } = await setup();
    const query = { speech_model: 'universal-3-6-pro', min_turn_silence: '900' };
    const client = await begin(url, { query });
    const atFirst = recognizers.opened[0]?.turnSilenceMs;
    client.send({ type: 'UpdateConfiguration', mode: 'max_accuracy', unheard_of: 1 });
    client.send({ type: 'Terminate' });
    await client.ended();

    expect([atFirst, recognizers.opened[0]?.turnSilenceMs]).toEqual([900, 1_000]);
  });

  test('hears a telephone as well as a studio', async () => {
    const { url, recognizers } = await setup();
    const query = {
      speech_model: 'universal-3-6-pro',
      sample_rate: '8000',
      encoding: 'pcm_mulaw',
    };
    const client = await begin(url, { query });
    client.send(new Uint8Array(8_000).fill(0x80));
    client.send({ type: 'Terminate' });
    await client.ended();

    const samples = recognizers.opened[0]?.samples ?? [];
    expect(samples.length).toBe(16_000);
    expect(samples[8_000]).toBeCloseTo(32_124 / 32_768, 2);
  });

  test('closes its recognizer when the client drops', async () => {
    const { url, recognizers } = await setup({ maxSessions: 1 });
    const first = await begin(url);
    first.send('{"type":"Terminate"}');
    await first.ended();

    expect(recognizers.opened[0]?.isClosed).toBe(true);
    expect((await begin(url)).messages).toHaveLength(1);
  });
});

describe('a session is ended', () => {
  test.each([
    ['{', 3006, /^Invalid JSON/],
    ['[]', 3006, /^Invalid Message/],
    ['{"type":"terminate_session"}', 3006, /^Invalid Message Type/],
    ['{"type":"UpdateConfiguration","vad_threshold":2}', 3006, /vad_threshold must be at most 1/],
  ])('by %s', async (message, code, text) => {
    const { url } = await setup();
    const client = await begin(url);
    client.send(message);

    expect(await client.ended()).toEqual({ code, reason: 'See Error message for details' });
    expect(client.messages.at(-1)).toMatchObject({
      type: 'Error',
      error_code: code,
      error: expect.stringMatching(text),
    });
  });

  test('by a frame of more than a second', async () => {
    const { url } = await setup();
    const client = await begin(url);
    client.sendSilence(1, 1_200);

    expect((await client.ended()).code).toBe(3007);
    expect(client.messages.at(-1)).toMatchObject({
      error:
        'Input Duration Error: Input Duration Violation: 1200 ms. Expected between 50 and 1000 ms',
    });
  });

  test('by a message of more than 128 kB', async () => {
    const { url } = await setup();
    const client = await begin(url);
    client.send(new Uint8Array(128 * 1_024 + 1));

    expect((await client.ended()).code).toBe(1009);
  });

  test('by the 49th frame of 20 ms', async () => {
    const { url, recognizers } = await setup();
    const client = await begin(url);
    client.sendSilence(60, 20);

    expect((await client.ended()).code).toBe(3007);
    expect(recognizers.opened[0]?.heardMs).toBe(960);
  });

  test('by audio that keeps coming faster than it is spoken', async () => {
    const { url } = await setup();
    const client = await begin(url);
    client.sendSilence(36, 1_000);

    expect((await client.ended()).code).toBe(3007);
    expect(client.messages.at(-1)).toMatchObject({
      error: 'Audio Transmission Rate Exceeded: Received 36.00 sec. audio in 0.00 sec',
    });
  });

  test('when nothing was received for the inactivity timeout, without a Termination', async () => {
    const { url, clock } = await setup();
    const query = { speech_model: 'universal-3-6-pro', inactivity_timeout: '5' };
    const client = await begin(url, { query });
    clock.advance(5_000);

    expect((await client.ended()).code).toBe(3006);
    expect(client.messages.slice(1)).toMatchObject([
      { error: 'Session terminated due to inactivity: No messages received for 5 seconds' },
    ]);
  });

  test('with 3005 and the reason when the recognizer cannot be had', async () => {
    const failsWith = new DictationError('engine-unavailable', 'There is no model');
    const { url } = await setup({ failsWith });
    const client = await connect(url);

    expect((await client.ended()).code).toBe(3005);
    expect(client.messages).toMatchObject([{ error: 'Session Cancelled: There is no model' }]);
  });

  test('when the engine closes, which leaves no timer behind', async () => {
    const clock = new FakeClock();
    const engine = await engineWith({ recognizers: scriptRecognizers(), clock });
    const query = { speech_model: 'universal-3-6-pro', inactivity_timeout: '60' };
    const client = await begin(engine.url, { query });
    await engine.close();
    await engine.close();

    expect((await client.ended()).code).toBe(1006);
    expect(clock.pending).toBe(0);
  });
});
