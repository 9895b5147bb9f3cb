import { describe, expect, test } from 'vitest';
import { RUNTIMES } from '../support/runtimes.ts';
import { lacksReaders, projectSample, readers, wordErrorRate } from './speech-samples.ts';
import { type BundledEngine, runEngine } from './support/bundled-engine.ts';
import { begin, type Client } from './support/client.ts';

const FRAME_BYTES = 3_200;

/** Sends recorded speech at once, which a client with a backlog may do, and hears it to the end. */
async function dictate(
  engine: BundledEngine,
  pcm: Uint8Array,
  extra: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const query = { speech_model: 'universal-3-6-pro', sample_rate: '16000', ...extra };
  const client = await begin(engine.url, { query });
  for (let at = 0; at < pcm.length; at += FRAME_BYTES) {
    client.send(pcm.subarray(at, at + FRAME_BYTES));
  }
  client.send({ type: 'Terminate' });
  await client.ended();
  return client;
}

/** Every word of the finals with its times. */
function wordsOf({ turns }: Client) {
  return turns
    .filter((turn) => turn.end_of_turn)
    .flatMap(({ words }) => words.map(({ text, start, end }) => ({ text, start, end })));
}

function textOf({ turns }: Client): string {
  return turns
    .filter((turn) => turn.end_of_turn)
    .map((turn) => turn.transcript)
    .join(' ');
}

describe.each(RUNTIMES)('the engine under $name', (runtime) => {
  test('writes down recorded speech, turn by turn, and leaves nothing running', async () => {
    const engine = await runEngine(runtime);
    const { pcm, words } = projectSample();
    const client = await dictate(engine, pcm);
    const finals = client.turns.filter((turn) => turn.end_of_turn);
    const lastWordMs = finals.at(-1)?.words.at(-1)?.end ?? 0;

    expect(wordErrorRate(words, textOf(client))).toBeLessThan(0.25);
    expect(finals.map((turn) => turn.turn_order)).toEqual(finals.map((_, index) => index));
    expect(finals.length).toBeGreaterThan(1);
    expect(finals.map((turn) => turn.transcript)).toEqual(
      finals.map(() => expect.stringMatching(/^[A-Z].*[.?]$/)),
    );
    // The voice ends at 10.9 s of 18 s: silence after it makes no words.
    expect(lastWordMs).toBeGreaterThan(10_500);
    expect(lastWordMs).toBeLessThan(11_300);
    expect(client.messages.at(-1)).toMatchObject({ audio_duration_seconds: 18 });
    expect(await engine.close()).toBe(0);
  });
});

const [node] = RUNTIMES;

test.skipIf(lacksReaders() || !node)('understands ten readers with few words wrong', async () => {
  if (!node) return;
  const engine = await runEngine(node);
  const samples = readers();
  const heard: string[] = [];
  for (const { pcm } of samples) heard.push(textOf(await dictate(engine, pcm)));

  const said = samples.map(({ words }) => words).join(' ');
  expect(wordErrorRate(said, heard.join(' '))).toBeLessThan(0.25);
});

test('a recording sent at once has the words and times of one that is sent as it is heard', async () => {
  if (!node) return;
  const engine = await runEngine(node, { pace: 'as-decoded' });
  // To where the first sentence has ended.
  const pcm = projectSample().pcm.subarray(0, 6 * 32_000);
  const heartbeat = { session_heartbeat: 'true' };
  const client = await begin(engine.url, { query: heartbeat });
  const decodedMs = () => client.beats.at(-1)?.total_duration_ms ?? 0;
  for (let second = 0; second < 6; second += 1) {
    for (let at = 0; at < 32_000; at += FRAME_BYTES) {
      client.send(pcm.subarray(second * 32_000 + at, second * 32_000 + at + FRAME_BYTES));
    }
    await expect.poll(decodedMs, { timeout: 60_000 }).toBe((second + 1) * 1_000);
  }
  client.send({ type: 'Terminate' });
  await client.ended();
  const atOnce = await dictate(engine, pcm, heartbeat);

  expect(wordsOf(atOnce).length).toBeGreaterThan(3);
  expect(wordsOf(atOnce)).toEqual(wordsOf(client));
  // All of it came in before it was heard.
  expect(atOnce.beats[0]).toMatchObject({ total_audio_received_ms: 6_000 });
  expect(client.beats.some((beat) => beat.max_speech_probability === 1)).toBe(true);
}, 180_000);

test('hears two sessions at once, each in its own words', async () => {
  if (!node) return;
  const engine = await runEngine(node);
  const { pcm, words } = projectSample();
  const both = [dictate(engine, pcm), dictate(engine, pcm)];
  const texts = (await Promise.all(both)).map(textOf);

  for (const text of texts) expect(wordErrorRate(words, text)).toBeLessThan(0.25);
  expect(texts[1]).toEqual(texts[0]);
});

test('keeps the time of the session across a turn that was ended by force', async () => {
  if (!node) return;
  const engine = await runEngine(node);
  const { pcm } = projectSample();
  const client = await begin(engine.url);
  for (let at = 0; at < pcm.length; at += FRAME_BYTES) {
    // In the middle of a sentence, at seven seconds.
    if (at === 70 * FRAME_BYTES) client.send({ type: 'ForceEndpoint' });
    client.send(pcm.subarray(at, at + FRAME_BYTES));
  }
  client.send({ type: 'Terminate' });
  await client.ended();

  const starts = client.turns
    .filter((turn) => turn.end_of_turn)
    .flatMap(({ words }) => words.map(({ start }) => start));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(starts.some((start) => start >= 7_000 && start < 7_500)).toBe(true);
  expect(starts.at(-1)).toBeGreaterThan(10_000);
});
