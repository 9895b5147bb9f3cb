import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { RUNTIMES } from '../support/runtimes.ts';
import { lacks } from '../support/system-packages.ts';
import { projectSample, wordErrorRate } from './speech-samples.ts';
import { runEngine } from './support/bundled-engine.ts';
import { begin } from './support/client.ts';

/** A certificate for 127.0.0.1 that nobody trusts who is not told to. */
function createCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'lull-sdk-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', keyFile, '-out', certFile, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...key, ...files, ...subject], { stdio: 'ignore' });
  return { folder, certFile, key: readFileSync(keyFile), cert: readFileSync(certFile) };
}

/** The SDK speaks `wss:` only, so TLS is put in front of the engine. */
async function encrypt(
  port: number,
  { key, cert }: { readonly key: Buffer; readonly cert: Buffer },
) {
  const server = createServer({ key, cert }, (outside) => {
    const inside = connect(port, '127.0.0.1');
    outside.pipe(inside).pipe(outside);
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return `wss://127.0.0.1:${(server.address() as AddressInfo).port}/v3/ws`;
}

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
    const url = await encrypt(Number(new URL(engine.url).port), certificate);
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
