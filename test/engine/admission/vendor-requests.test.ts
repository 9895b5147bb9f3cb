import { expect, test } from 'vitest';
import { begin, engineWith } from '../support/client.ts';
import { pythonSdkRequest } from '../support/python-sdk.ts';
import { scriptRecognizers } from '../support/scripted-recognizers.ts';

/** Every parameter that version 1.0.0 of the vendor's Python SDK can send to a Pro model. */
const EVERYTHING = {
  sample_rate: 16_000,
  encoding: 'pcm_s16le',
  speech_model: 'universal-3-5-pro',
  end_of_turn_confidence_threshold: 0.4,
  min_turn_silence: 128,
  max_turn_silence: 1_280,
  vad_threshold: 0.2,
  format_turns: true,
  keyterms_prompt: ['Lull', 'Universal Streaming'],
  filter_profanity: false,
  prompt: 'A dictation',
  agent_context: 'How can I help?',
  interruption_delay: 500,
  turn_left_pad_ms: 100,
  language_codes: ['en', 'de'],
  language_code: 'en',
  language_detection: true,
  domain: 'medical-v1',
  inactivity_timeout: 30,
  webhook_url: 'https://example.com/hook',
  webhook_auth_header_name: 'X-Hook',
  webhook_auth_header_value: 'value',
  llm_gateway: {
    model: 'm',
    messages: [{ role: 'user', content: '{{turn}}' }],
    max_tokens: 10,
  },
  speaker_labels: false,
  max_speakers: 2,
  voice_focus: 'near-field',
  voice_focus_threshold: 0.5,
  continuous_partials: true,
  customer_support_audio_capture: false,
  include_partial_turns: true,
  redact_pii: false,
  redact_pii_policies: ['person_name', 'phone_number'],
  redact_pii_sub: 'hash',
  mode: 'balanced',
};

async function setup(hears = 'hello world') {
  const engine = await engineWith({ recognizers: scriptRecognizers({ pending: hears }) });
  return engine.url;
}

test("the vendor's Python SDK opens a session with everything it can ask for", async () => {
  const url = await setup();
  const request = pythonSdkRequest({ api_key: 'any key' }, EVERYTHING);
  const client = await begin(url, request);

  expect(client.messages[0]).toMatchObject({
    configuration: {
      model: 'universal-3-5-pro',
      mode: 'balanced',
      api_version: '2025-05-12',
      domain: 'medical-v1',
      voice_focus: 'near-field',
      redact_pii: false,
    },
  });
});

test("the vendor's Python SDK dictates with a token: updates, forces, keeps alive and ends", async () => {
  const url = await setup();
  const mint = `${url.replace('ws:', 'http:').replace('/v3/ws', '/v3/token')}?expires_in_seconds=60`;
  const minted = await fetch(mint, { headers: { Authorization: 'any key' } });
  const { token } = Object(await minted.json());
  const client = await begin(
    url,
    pythonSdkRequest({ token }, { sample_rate: 16_000, speech_model: 'u3-rt-pro' }),
  );
  client.sendSilence(10);
  client.send({ type: 'UpdateConfiguration', keyterms_prompt: [], prompt: '', vad_threshold: 0.4 });
  client.send({ type: 'ForceEndpoint' });
  client.send({ type: 'KeepAlive' });
  client.send({ type: 'Terminate' });

  expect((await client.ended()).code).toBe(1000);
  expect(client.messages.map(({ type }) => type)).toEqual(['Begin', 'Turn', 'Termination']);
  expect(client.turns).toMatchObject([{ end_of_turn: true, transcript: 'Hello world.' }]);
});

test('what the service refuses of the Python SDK is refused, before Begin', async () => {
  const url = await setup();
  const request = pythonSdkRequest(
    { api_key: 'any key' },
    { sample_rate: 16_000, speech_model: 'universal-streaming-english', prompt: 'A dictation' },
  );
  await expect(begin(url, request)).rejects.toThrow('closed with 3006 before Begin');
});
