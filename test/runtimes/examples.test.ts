import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { stageCommandLine } from '../../packaging/npm.mjs';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import type { ServerScript } from '../../src/testing/server-script.ts';
import { runEngine } from '../engine/support/bundled-engine.ts';
import { RUNTIMES, type Runtime } from '../support/runtimes.ts';
import { LATE_TURN, ONE_TURN } from './contract/scripts.ts';
import { RunningCli } from './running-cli.ts';
import { writeTalk } from './talk.ts';

/** A project of a stranger's, with the package as it is shipped and the examples in it. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'lull-examples-'));
  cpSync(stageCommandLine('dist'), join(project, 'node_modules/lull'), { recursive: true });
  cpSync('examples', project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  // Node 20 does not know `await using`; whoever writes it there has a compiler.
  const { code } = transformSync(readFileSync('examples/hang-up.ts', 'utf8'), {
    loader: 'ts',
    target: 'node20',
  });
  writeFileSync(join(project, 'hang-up.mjs'), code);
}, 120_000);
afterAll(() => rmSync(project, { recursive: true }));

async function serve(script: ServerScript): Promise<ScriptedServer> {
  const server = await startScriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}

describe.each(RUNTIMES)('on $name', (runtime) => {
  const args = runtime.name === 'deno' ? ['run', '-A', '--node-modules-dir=manual'] : [];

  function run(example: string, more: readonly string[], env: Readonly<Record<string, string>>) {
    return start([runtime.command, ...args, join(project, example), ...more], env);
  }

  test('ten lines dictate, and hang up when the person stops talking', {
    timeout: 180_000,
  }, async () => {
    const { url } = await runEngine(runtime, { pace: 'as-decoded' });
    const file = runtime.name === 'node' ? 'hang-up.mjs' : 'hang-up.ts';
    // A key is asked for and not looked at.
    const env = { LULL_ENDPOINT: url, LULL_KEY: 'any' };
    const { code, stdout, stderr } = await run(file, [resolve('media/sample.wav')], env).exited;

    expect(code).toBe(0);
    // Where the machine is slower than speech, the recording is over before the silence is heard.
    expect(stderr).toMatch(/^Ended by (silence|audio-ended), 0 s billed\n$/);
    expect(stdout).toMatch(/what you can do for your country/i);
  });

  test('ten lines say why the service refused', async () => {
    const { url } = await serve({ refuse: { status: 401 } });
    const { path } = writeTalk(project, 1);
    const { code, stderr } = await run('captions.mjs', [path], { LULL_ENDPOINT: url }).exited;
    expect(code).toBe(1);
    expect(stderr).toContain('DictationError: The key was refused (HTTP 401); check it');
  });

  test('ten lines write captions', async () => {
    const { url } = await serve(LATE_TURN);
    const captions = join(project, `${runtime.name}.vtt`);
    const { path } = writeTalk(project, 2);
    const env = { LULL_ENDPOINT: url };
    expect(await run('captions.mjs', [path, captions], env).exited).toMatchObject({ code: 0 });
    expect(readFileSync(captions, 'utf8')).toBe(`WEBVTT

00:00:00.100 --> 00:00:00.700
Hello world.

00:00:00.900 --> 00:00:01.400
And goodbye.
`);
  });

  test('ten lines serve many at once, and one that leaves is hung up on', async () => {
    const service = await serve(ONE_TURN);
    const server = run('server.mjs', [], { LULL_ENDPOINT: service.url, PORT: '0' });
    const url = `http://127.0.0.1:${await portOf(server)}`;
    const { pcm } = writeTalk(project, 2);

    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const body = new Uint8Array(pcm);
        const answer = await fetch(url, { method: 'POST', body });
        return (await answer.text())
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
      }),
    );
    for (const events of answers) {
      expect(events.filter(({ type }) => type === 'final')).toMatchObject([
        { text: 'Hello world.' },
      ]);
      expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'audio-ended' });
    }

    const leaving = new AbortController();
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(pcm) });
    const left = fetch(url, {
      ...{ method: 'POST', body: endless, duplex: 'half', signal: leaving.signal },
    } as RequestInit)
      .then((answer) => answer.text())
      .catch(() => 'left');
    const connection = await service.connection(5);
    await connection.until(({ audioMs }) => audioMs > 500);
    leaving.abort();
    expect(await left).toBe('left');
    await connection.until((sixth) => sixth.message('Terminate') !== undefined);
  });

  test('a test plays seven seconds in no time', async () => {
    expect(await run('testing.mjs', [], {}).exited).toMatchObject({ code: 0, stderr: '' });
  });

  test('an agent is told what was said', async () => {
    const { url } = await serve(LATE_TURN);
    const { path } = writeTalk(project, 2);
    const lull = commandFor(runtime);
    const { code, stdout } = await start(
      ['sh', join(project, 'prompt.sh'), '--audio', path, '--endpoint', url, '--join'],
      { AGENT: 'printf [%s]', PATH: `${lull}${delimiter}${process.env['PATH']}` },
    ).exited;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[Hello world. And goodbye.]' });
  });
});

function start(command: readonly string[], env: Readonly<Record<string, string>>): RunningCli {
  const { PATH = '' } = process.env;
  const home = { PATH, HOME: project, DENO_NO_UPDATE_CHECK: '1' };
  const running = RunningCli.start(command, { cwd: project, env: { ...home, ...env } });
  onTestFinished(() => void running.child.kill('SIGKILL'));
  return running;
}

async function portOf(server: RunningCli): Promise<number> {
  const port = /port: (\d+)/;
  await server.until(({ stdout }) => port.test(stdout));
  return Number(port.exec(server.stdout)?.[1]);
}

/** A folder with the command `lull`, run by that runtime. */
function commandFor({ name, command, args }: Runtime): string {
  const folder = mkdtempSync(join(project, `${name}-`));
  const line = [command, ...args, join(project, 'node_modules/lull/dist/cli.mjs')];
  writeFileSync(join(folder, 'lull'), `#!/bin/sh\nexec ${line.join(' ')} "$@"\n`);
  chmodSync(join(folder, 'lull'), 0o755);
  return folder;
}
