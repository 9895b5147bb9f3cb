import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { stageCommandLine } from '../../packaging/npm.mjs';
import { decodePcm16 } from '../../src/sound/index.ts';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import { LACKS_BROWSER, openBrowser } from '../support/browser.ts';
import { bestCorrelation, sweep } from '../support/sound/correlation.ts';
import { buildWav } from '../support/sound/wav.ts';
import { lacks } from '../support/system-packages.ts';
import { createCertificate, encrypt } from '../support/tls-front.ts';
import { ONE_TURN } from './contract/scripts.ts';
import { RunningCli } from './running-cli.ts';

/** Long enough for a countdown, short enough for a test. */
const SILENCE_SECONDS = 2;
const BYTES_A_SECOND = 32_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lull-browser-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function serve(): Promise<ScriptedServer> {
  const server = await startScriptedServer(ONE_TURN);
  onTestFinished(() => server.close());
  return server;
}

/** A blank page that may import the library. */
async function openPage(url: string, args: readonly string[] = []): Promise<Page> {
  const browser = await openBrowser(args);
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}

const PAGE = `<!doctype html><script>
window.lull = Promise.all([import('/index.mjs'), import('/browser.mjs')])
  .then(([core, browser]) => ({ ...core, ...browser }));
</script>`;

/** What a page finds there. */
interface LullPage {
  readonly lull: Promise<
    Pick<typeof import('../../src/core/index.ts'), 'dictate'> &
      typeof import('../../src/browser/index.ts')
  >;
}

async function serveLibrary(): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const isScript = /^\/(index|browser)\.mjs$/.test(url);
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(join('dist/lib', url)) : PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Chromium with a microphone that plays a rising tone again and again. */
function fakeMicrophone(tone: Uint8Array): readonly string[] {
  const path = join(folder, 'tone.wav');
  writeFileSync(path, buildWav({ samples: decodePcm16(tone) }));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${path}`,
  ];
}

describe.skipIf(LACKS_BROWSER)('in Chromium', { timeout: 120_000 }, () => {
  test('a stream a page makes up is dictated with a token, and hung up on after silence', async () => {
    const service = await serve();
    const page = await openPage(await serveLibrary());
    const said = await page.evaluate(
      async ({ endpoint, silenceSeconds }) => {
        const { dictate } = await (globalThis as unknown as LullPage).lull;
        const audio = new ReadableStream({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            const faint = () => (Math.random() - 0.5) * 60;
            controller.enqueue(Int16Array.from({ length: 4_800 }, faint));
          },
        });
        const token = async () => 'for-one-session';
        const options = { audio, sampleRateHz: 48_000, token, endpoint, silenceSeconds };
        const dictation = dictate(options);
        const types: string[] = [];
        let text = '';
        for await (const event of dictation) {
          types.push(event.type);
          if (event.type === 'final') text += event.text;
        }
        return { types, text, ended: await dictation.ended };
      },
      { endpoint: service.url, silenceSeconds: SILENCE_SECONDS },
    );

    expect(said).toMatchObject({ text: 'Hello world.', ended: { reason: 'silence', finals: 1 } });
    expect(said.types).toContain('countdown');
    const connection = await service.connection(0);
    expect(connection.query.get('token')).toBe('for-one-session');
    expect(connection.headers.authorization).toBeUndefined();
    expect(connection.message('Terminate')).toBeDefined();
    expect(service.connections).toHaveLength(1);
  });

  test('the microphone of a page arrives as it sounds, at 16 kHz', async () => {
    const tone = sweep(2);
    const service = await serve();
    const page = await openPage(await serveLibrary(), fakeMicrophone(tone));
    const device = await page.evaluate(
      async ({ endpoint, silenceSeconds }) => {
        const { dictate, microphone } = await (globalThis as unknown as LullPage).lull;
        const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
        const audio = microphone({ device: 'fake', constraints: off });
        let heard = '';
        const token = async () => 'for-one-session';
        for await (const event of dictate({ audio, token, endpoint, silenceSeconds })) {
          if (event.type === 'listening') heard = event.device;
        }
        return heard;
      },
      { endpoint: service.url, silenceSeconds: SILENCE_SECONDS },
    );

    expect(device).toMatch(/fake/i);
    const connection = await service.connection(0);
    // A busy machine lets Chromium drop some of what its microphone plays, and not all of it.
    const stretches = [0, 0.4, 0.8, 1.2].map((second) =>
      tone.subarray(second * BYTES_A_SECOND, (second + 0.4) * BYTES_A_SECOND),
    );
    const found = stretches.map((stretch) => bestCorrelation(connection.audio, stretch));
    expect(Math.max(...found)).toBeGreaterThan(0.95);
  });

  test('a page that may not listen says so, and what to do', async () => {
    const { url } = await serve();
    const page = await openPage(await serveLibrary());
    const error = await page.evaluate(async (endpoint) => {
      const { dictate, microphone } = await (globalThis as unknown as LullPage).lull;
      const audio = microphone();
      return (await dictate({ audio, token: async () => 'any', endpoint }).ended).error?.message;
    }, url);
    expect(error).toMatch(/^(This page may not use the microphone|No microphone was found); /);
  });

  test.skipIf(lacks('openssl', 'openssl'))(
    'the page of the examples ends itself after silence, and never has the key',
    async () => {
      const service = await serve();
      const key = 'k'.repeat(32);
      const project = join(folder, 'project');
      cpSync(stageCommandLine('dist'), join(project, 'node_modules/lull'), { recursive: true });
      cpSync('examples/browser', project, { recursive: true });
      const server = RunningCli.start([process.execPath, join(project, 'server.mjs')], {
        cwd: project,
        env: { LULL_KEY: key, LULL_ENDPOINT: service.url, PORT: '0' },
      });
      onTestFinished(() => void server.child.kill('SIGKILL'));
      await server.until(({ stdout }) => /port: \d+/.test(stdout));
      const [, port] = /port: (\d+)/.exec(server.stdout) ?? [];

      // The page knows AssemblyAI's own address only; here it leads to the scripted service.
      const front = await encrypt(Number(new URL(service.url).port), createCertificate());
      const page = await openPage(`http://127.0.0.1:${port}/`, [
        ...fakeMicrophone(sweep(2)),
        `--host-resolver-rules=MAP streaming.assemblyai.com:443 127.0.0.1:${front}`,
        '--ignore-certificate-errors',
      ]);
      await page.click('button');
      await page.getByText('Ended by silence').waitFor();

      expect(await page.textContent('#text')).toBe('Hello world. ');
      const connection = await service.connection(0);
      expect(connection.query.get('token')).toBe('scripted-token');
      expect(await page.content()).not.toContain(key);
    },
  );
});
