import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliBench, type CliOptions, eventsIn } from '../runtimes/running-cli.ts';
import { RUNTIMES } from '../support/runtimes.ts';
import { openLossyLink, talkOf, wordsTold, writeMicrophone, writeWav } from './lossy-bench.ts';
import type { HearingServer } from './support/hearing-server.ts';

const [node] = RUNTIMES;
/** Within this a session is ended or its socket dead, whatever happened to the program. */
const WAY_OUT_MS = 6_000;
/** The program fails when it is asked to, so that a slow machine has told a word by then. */
const WHEN_ASKED = "process.once('SIGUSR2',()=>{BOOM})";

describe.concurrent('every way out of a dictation', () => {
  let bench: CliBench;
  const opened: { close(): unknown }[] = [];
  beforeAll(() => {
    if (node) bench = new CliBench(node);
  });
  afterAll(async () => {
    await bench.close();
    await Promise.all(opened.map((one) => one.close()));
  });

  /** A dictation from a microphone, at the moment when its first final was told. */
  async function startSpeaking(options: CliOptions = {}) {
    const talk = talkOf(6, 60_000);
    const link = await openLossyLink(talk, []);
    opened.push(link);
    const folder = writeMicrophone(mkdtempSync(join(bench.folder, 'mic-')), talk);
    const env = { ...options.env, PATH: folder };
    const cli = bench.start(['--json', '--endpoint', link.url], { env });
    await cli.until(({ stdout }) => stdout.includes('"type":"final"'));
    const recorder = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    return { cli, recorder, server: link.server };
  }

  test('SIGKILL of the recorder: it is said, the session is ended, the text is kept', async () => {
    const { cli, recorder, server } = await startSpeaking();
    process.kill(recorder, 'SIGKILL');
    const { code, stdout, stderr } = await cli.exited;
    expect(code).toBe(5);
    expect(stderr).toMatch(/parec was ended by SIGKILL.*start again to go on/);
    expect(server.sessions.map(({ terminated }) => terminated)).toEqual(['asked']);
    expect(wordsTold({ stdout }).length).toBeGreaterThan(0);
    expect(eventsIn(stdout).at(-1)).toMatchObject({ type: 'end', reason: 'error' });
  });

  test.each([
    { what: 'an exception', code: "throw new Error('boom')" },
    { what: 'a rejection', code: "Promise.reject(new Error('boom'))" },
  ])('$what nobody caught: a sentence, and nothing is left running', async ({ code: boom }) => {
    const script = `data:text/javascript,${encodeURIComponent(WHEN_ASKED.replace('BOOM', boom))}`;
    const env = { NODE_OPTIONS: `--import=${script}` };
    const { cli, recorder, server } = await startSpeaking({ env });
    cli.child.kill('SIGUSR2');
    const { code, stdout, stderr } = await cli.exited;
    expect(code).toBe(70);
    expect(stderr).toMatch(/^lull: Lull failed for a reason it did not foresee; [^\n]*\n$/m);
    expect(wordsTold({ stdout }).length).toBeGreaterThan(0);
    await expectAllGone(server, recorder);
  });

  test('SIGKILL of the program: its sockets die with it, and the recorder with its pipe', async () => {
    const { cli, recorder, server } = await startSpeaking();
    cli.child.kill('SIGKILL');
    const { stdout } = await cli.exited;
    expect(wordsTold({ stdout }).length).toBeGreaterThan(0);
    await expectAllGone(server, recorder);
  });

  test('SIGKILL behind a link that does not tell: the service hangs up by itself', async () => {
    const serve = bench.start(['serve', '--port', '0']);
    await serve.until(({ stdout }) => stdout.includes('listening on '));
    const port = Number(new URL(serve.stdout.trim().split(' ').at(-1) ?? '').port);
    const { endpoint, hungUp } = await openSilentLink(port);
    const path = writeWav(bench.folder, talkOf(9));
    const args = ['--audio', path, '--json', '--silence', '1', '--endpoint', endpoint];
    // The link has a port of its own, so the server's key is not found by itself.
    const secret = readFileSync(join(bench.env['LULL_CONFIG_DIR'] ?? '', 'serve/secret'), 'utf8');
    const cli = bench.start(args, { env: { LULL_KEY: secret.trim() } });
    await cli.until(({ stdout }) => stdout.includes('"type":"begin"'));
    cli.child.kill('SIGKILL');
    const killedAtMs = performance.now();
    await hungUp;
    // The silence limit and five seconds is what the client asked the service to wait for audio.
    expect(performance.now() - killedAtMs).toBeGreaterThan(4_000);
    expect(performance.now() - killedAtMs).toBeLessThan(9_000);
    serve.child.kill('SIGTERM');
    expect((await serve.exited).code).toBe(0);
  }, 60_000);

  /** Carries everything but the end of the client's connection. */
  async function openSilentLink(serverPort: number) {
    const sockets: Socket[] = [];
    let onHungUp = () => {};
    const hungUp = new Promise<void>((resolve) => {
      onHungUp = resolve;
    });
    const forwarder = createServer((client) => {
      const server = connect(serverPort, '127.0.0.1');
      sockets.push(client, server);
      for (const socket of [client, server]) socket.on('error', () => {});
      client.on('data', (bytes) => server.write(bytes));
      server.on('data', (bytes) => {
        client.write(bytes);
        if (bytes.includes('due to inactivity')) onHungUp();
      });
    });
    await new Promise<void>((resolve) => forwarder.listen(0, '127.0.0.1', resolve));
    opened.push({
      close() {
        for (const socket of sockets) socket.destroy();
        forwarder.close();
      },
    });
    const address = forwarder.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return { endpoint: `ws://127.0.0.1:${port}/v3/ws`, hungUp };
  }
});

async function expectAllGone(server: HearingServer, recorder: number): Promise<void> {
  const isRunning = () => existsSync(`/proc/${recorder}`);
  const isOpen = () => server.sessions.some(({ socket }) => socket.readyState !== socket.CLOSED);
  for (const startedAtMs = performance.now(); isRunning() || isOpen(); await setTimeout(50)) {
    if (performance.now() - startedAtMs > WAY_OUT_MS) break;
  }
  expect({ recorder: isRunning(), session: isOpen() }).toEqual({ recorder: false, session: false });
}
