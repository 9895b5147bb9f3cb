import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { RUNTIMES } from '../support/runtimes.ts';
import { lacks } from '../support/system-packages.ts';
import { createCertificate, encrypt } from '../support/tls-front.ts';
import { projectSample, wordErrorRate } from './speech-samples.ts';
import { runEngine } from './support/bundled-engine.ts';
import { begin, engineWith } from './support/client.ts';
import { scriptRecognizers } from './support/scripted-recognizers.ts';

const [node] = RUNTIMES;

test.skipIf(lacks('openssl', 'openssl'))(
  "the vendor's own SDK dictates to it over TLS, asking for all it can",
  async () => {
    if (!node) return;
    const secret = 'a key of its own';
    const engine = await runEngine(node, { secret });
    // The SDK gives up on a Begin after one second, which is for a model that is loaded.
    const first = await begin(engine.url, { headers: { Authorization: secret } });
    first.send({ type: 'Terminate' });
    await first.ended();
    const certificate = createCertificate();
    const port = await encrypt(Number(new URL(engine.url).port), certificate);
    const url = `wss://127.0.0.1:${port}/v3/ws`;
    const { pcm, words } = projectSample();
    const audio = join(certificate.folder, 'sample.pcm');
    // To where the voice has ended: what follows is silence.
    writeFileSync(audio, pcm.subarray(0, 12 * 32_000));

    const client = spawn(
      process.execPath,
      [resolve('test/fixtures/engine/sdk-client.mjs'), url, audio, secret],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.certFile } },
    );
    let output = '';
    let complaints = '';
    client.stdout.on('data', (chunk) => {
      output += chunk;
    });
    client.stderr.on('data', (chunk) => {
      complaints += chunk;
    });
    const [code] = await once(client, 'close');

    // The SDK repeats to its user what it was warned of.
    const undone = 'voice_focus, domain, llm_gateway, webhook_url';
    expect({ code, complaints }).toEqual({
      code: 0,
      complaints: `Streaming warning (code=1): The local engine of Lull does not do this: ${undone}\n`,
    });
    expect(output).toMatch(/^[A-Z].*\.\n/);
    expect(wordErrorRate(words, output)).toBeLessThan(0.25);
  },
  180_000,
);

test.skipIf(lacks('openssl', 'openssl'))(
  "the vendor's own SDK makes a token, dictates with it, and sends a recording faster than it was spoken",
  async () => {
    const secret = 'a key of its own';
    const hearings = [
      { atMs: 1_000, partial: 'hello' },
      { atMs: 2_500, final: 'hello world' },
    ];
    const recognizers = scriptRecognizers({ hearings, pending: 'and goodbye' });
    const engine = await engineWith({ recognizers, secret });
    const certificate = createCertificate();
    const port = await encrypt(Number(new URL(engine.url).port), certificate);
    const client = fileURLToPath(
      new URL('../fixtures/engine/sdk-token-client.mjs', import.meta.url),
    );
    const places = [`https://127.0.0.1:${port}`, `wss://127.0.0.1:${port}/v3/ws`];

    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate.certFile };
    const run = promisify(execFile)(process.execPath, [client, ...places, secret], { env });

    expect(JSON.parse((await run).stdout)).toEqual({
      begin: expect.objectContaining({ type: 'Begin', id: expect.any(String) }),
      // US models close with an empty one.
      finals: ['hello world', 'and goodbye', ''],
      closes: [],
      errors: [],
    });
  },
);
