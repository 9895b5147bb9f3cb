import { describe, expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import type { EngineOptions } from '../../../src/engine/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { begin, type Client, connect, engineWith } from '../support/client.ts';
import {
  type Hearing,
  type ScriptedRecognizer,
  scriptRecognizers,
} from '../support/scripted-recognizers.ts';

const SPEECH: readonly Hearing[] = [
  { atMs: 400, partial: 'hello' },
  { atMs: 600, partial: 'hello word' },
  { atMs: 1_000, final: 'hello world' },
];
const PRO = { speech_model: 'universal-3-6-pro', sample_rate: '16000' };
const US = { speech_model: 'universal-streaming-english', sample_rate: '16000' };

async function setup(
  script: Parameters<typeof scriptRecognizers>[0] = { hearings: SPEECH },
  options: Pick<EngineOptions, 'pace'> = {},
) {
  const recognizers = scriptRecognizers(script);
  const clock = new FakeClock();
  const engine = await engineWith({ recognizers, clock, ...options });
  return { engine, recognizers, clock, url: engine.url };
}

/** Lets a slow recognizer hear what it is given until the client was told its last. */
async function hearToTheEnd(client: Client, recognizer: ScriptedRecognizer | undefined) {
  while (!/^(Termination|Error)$/.test(client.messages.at(-1)?.type ?? '')) {
    recognizer?.hear();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a session', () => {
  test('begins with a configuration, an id and an end in three hours', async () => {
    const { url, clock } = await setup();
    const { messages } = await begin(url);

    expect(messages).toMatchObject([
      {
        type: 'Begin',
        configuration: { model: 'universal-3-6-pro' },
        expires_at: Math.floor(clock.unixMs() / 1_000) + 10_800,
      },
    ]);
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

  test('by the 49th frame of 20 ms in a row', async () => {
    const { url, recognizers } = await setup();
    const client = await begin(url);
    client.sendSilence(48, 20);
    await expect.poll(() => recognizers.opened[0]?.heardMs).toBe(960);
    client.sendSilence(1, 20);

    expect((await client.ended()).code).toBe(3007);
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

  test('when it sends no audio for five minutes, whatever else it sends', async () => {
    const { url, clock, recognizers } = await setup({ pending: 'so' });
    const client = await begin(url);
    client.sendSilence(1);
    await expect.poll(() => recognizers.opened[0]?.heardMs).toBe(50);
    clock.advance(299_000);
    client.send({ type: 'KeepAlive' });
    client.send({ type: 'ForceEndpoint' });
    await client.until('Turn');
    clock.advance(1_000);

    expect((await client.ended()).code).toBe(3006);
    expect(client.messages.at(-1)).toMatchObject({
      error: 'Session terminated due to inactivity: No audio received for 300 seconds',
    });
  });

  test('by an update that its model does not take', async () => {
    const { url } = await setup();
    const client = await begin(url, { query: US });
    client.send({ type: 'UpdateConfiguration', prompt: 'x' });

    expect((await client.ended()).code).toBe(3006);
    expect(client.messages.at(-1)).toMatchObject({
      error: expect.stringContaining('prompt is not supported by universal-streaming-english'),
    });
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

test('short frames count only in a row: a client that mixes them talks on', async () => {
  const { url } = await setup({});
  const client = await begin(url);
  for (let round = 0; round < 30; round += 1) {
    client.sendSilence(40, 20);
    client.sendSilence(1, 100);
  }
  client.send({ type: 'Terminate' });

  expect((await client.ended()).code).toBe(1000);
  expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: 27 });
});

test('Begin repeats what was asked for, and a warning says what will not be done', async () => {
  const { url } = await setup({});
  const { messages } = await begin(url, {
    query: {
      speech_model: 'universal-3-5-pro',
      mode: 'max_accuracy',
      // As Python writes it.
      speaker_labels: 'True',
      redact_pii: 'true',
      filter_profanity: 'true',
      domain: 'medical-v1',
      voice_focus: 'near-field',
    },
    headers: { Authorization: 'k', 'AssemblyAI-Version': '2026-01-31' },
  });
  await expect.poll(() => messages.length).toBe(2);

  expect(messages).toMatchObject([
    {
      configuration: {
        model: 'universal-3-5-pro',
        mode: 'max_accuracy',
        api_version: '2026-01-31',
        speaker_labels: true,
        redact_pii: true,
        filter_profanity: true,
        domain: 'medical-v1',
        voice_focus: 'near-field',
      },
    },
    {
      type: 'Warning',
      warning:
        'The local engine of Lull does not do this: redact_pii, filter_profanity, speaker_labels, voice_focus, domain',
    },
  ]);
});

describe('on a machine that is slow', () => {
  const slow = { pace: 'when-told', hearings: SPEECH, pending: 'and more' } as const;

  test('all that was said before Terminate is heard to its end, however long that takes', async () => {
    const { url, clock, recognizers } = await setup(slow);
    const query = { ...PRO, inactivity_timeout: '5' };
    const client = await begin(url, { query });
    client.sendSilence(200);
    client.send({ type: 'Terminate' });
    const recognizer = recognizers.opened[0];
    await expect.poll(() => recognizer?.acceptedMs).toBe(1_000);
    // Terminate has come: nothing limits the session's time any more.
    await expect.poll(() => clock.pending).toBe(0);
    // Longer than any limit of the session, and the client says nothing any more.
    clock.advance(4 * 3_600_000);
    await hearToTheEnd(client, recognizer);

    expect((await client.ended()).code).toBe(1000);
    const finals = client.turns.filter((turn) => turn.end_of_turn);
    expect(finals.map(({ transcript }) => transcript)).toEqual(['Hello world.', 'And more.']);
    expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: 10 });
  });

  test('the client is not called idle while it waits for its words', async () => {
    const { url, clock, recognizers } = await setup(slow);
    const client = await begin(url, { query: { ...PRO, inactivity_timeout: '5' } });
    client.sendSilence(40);
    await expect.poll(() => recognizers.opened[0]?.acceptedMs).toBe(1_000);
    clock.advance(60_000);
    recognizers.opened[0]?.hear();
    await expect.poll(() => recognizers.opened[0]?.acceptedMs).toBe(2_000);
    recognizers.opened[0]?.hear();
    await client.until('Turn');
    clock.advance(10_000);

    expect((await client.ended()).code).toBe(3006);
  });

  test('heartbeats say how much came in and how much of it was decoded', async () => {
    const { url, clock, recognizers } = await setup(slow);
    const client = await begin(url, { query: { ...PRO, session_heartbeat: 'true' } });
    client.sendSilence(200);
    const nextBeat = () => {
      clock.advance(250);
      return client.beats.at(-1);
    };
    const came = { total_audio_received_ms: 10_000 };
    await expect.poll(nextBeat).toMatchObject({ ...came, total_duration_ms: 0 });
    recognizers.opened[0]?.hear();
    const heard = { ...came, total_duration_ms: 1_000 };
    await expect.poll(nextBeat).toMatchObject({ ...heard, max_speech_probability: 0 });
    client.send({ type: 'UpdateConfiguration', session_heartbeat: false });
    // It is obeyed in its turn, behind the audio; then only the limits of the session are left.
    const limitsLeft = () => {
      recognizers.opened[0]?.hear();
      return clock.pending;
    };
    await expect.poll(limitsLeft).toBe(2);

    // Of the beats that tell of it, the first says that there was a voice.
    expect(client.beats.find((beat) => beat.total_duration_ms > 0)).toMatchObject({
      ...heard,
      max_speech_probability: 1,
    });
  });
});

describe('a flood', () => {
  test('of audio is held back and not dropped, where a recording may come as fast as it is heard', async () => {
    const { url, recognizers, clock } = await setup({ pace: 'when-told' }, { pace: 'as-decoded' });
    const client = await begin(url, { query: { ...PRO, session_heartbeat: 'true' } });
    const [recognizer] = recognizers.opened;
    const minutes = 30;
    client.sendSilence(minutes * 60, 1_000);
    client.send({ type: 'Terminate' });
    let received = 0;
    const isHeldBack = () => {
      clock.advance(250);
      const before = received;
      received = Object(client.messages.at(-1))['total_audio_received_ms'] ?? 0;
      return received > 240_000 && received === before;
    };
    await expect.poll(isHeldBack).toBe(true);

    expect(received).toBeLessThan(280_000);
    expect(client.bufferedBytes).toBeGreaterThan(10_000_000);
    await hearToTheEnd(client, recognizer);
    expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: minutes * 60 });
  }, 60_000);

  test('behind Terminate is not kept', async () => {
    const { url, recognizers } = await setup({ pace: 'when-told', pending: 'last words' });
    const client = await begin(url);
    client.sendSilence(2);
    client.send({ type: 'Terminate' });
    client.sendSilence(2_000, 1_000);
    client.send('no JSON');
    // All of it has gone through the server, which is still at the first hundred milliseconds.
    await expect.poll(() => client.bufferedBytes).toBe(0);
    recognizers.opened[0]?.hear();

    expect((await client.ended()).code).toBe(1000);
    expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: 0 });
    expect(client.turns.map(({ transcript }) => transcript)).toEqual(['Last words.']);
  });

  test('of pings from a client that reads no answers ends the session', async () => {
    const { url, recognizers } = await setup();
    const client = await begin(url);
    client.stopReading();
    while (!recognizers.opened[0]?.isClosed) {
      for (let count = 0; count < 1_000; count += 1) client.ping();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});

describe('an engine that is told to end', () => {
  test('hears what it was sent, says so and takes no more sessions', async () => {
    const { engine, url, recognizers } = await setup({ pace: 'when-told', pending: 'last words' });
    const client = await begin(url);
    client.sendSilence(3);
    await expect.poll(() => recognizers.opened[0]?.acceptedMs).toBe(150);
    const drained = engine.drain();
    await expect(connect(url)).rejects.toThrow('403');
    recognizers.opened[0]?.hear();

    expect(await client.ended()).toEqual({ code: 1001, reason: 'Going Away' });
    expect(client.messages.slice(1)).toMatchObject([
      { type: 'Turn', transcript: 'Last words.' },
      { type: 'Termination' },
    ]);
    await drained;
  });

  test('waits five seconds for the last words and no longer', async () => {
    const { engine, url, clock, recognizers } = await setup({ pace: 'when-told' });
    const client = await begin(url);
    client.sendSilence(3);
    await expect.poll(() => recognizers.opened[0]?.acceptedMs).toBe(150);
    const drained = engine.drain();
    clock.advance(5_000);
    await drained;

    expect((await client.ended()).code).toBe(1006);
  });
});
