import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodePcm16 } from '../../../src/core/index.ts';
import { buildWav } from '../../support/sound/wav.ts';
import { type CliBench, eventsIn } from '../running-cli.ts';
import { quietSamples, writeTalk } from '../talk.ts';

/** Ten seconds of real speech and silence after it; see media/README.md. */
const SAMPLE = resolve('media/sample.wav');

/** Twelve seconds of quiet, the sample's first twelve, seven of quiet, and those twelve again. */
function withPauses(folder: string) {
  const voice = decodePcm16(readFileSync(SAMPLE).subarray(44, 44 + 12 * 32_000));
  const parts = [quietSamples(12), voice, quietSamples(7), voice];
  const samples = Float32Array.from(parts.flatMap((part) => [...part]));
  const path = join(folder, 'with-pauses.wav');
  writeFileSync(path, buildWav({ samples }));
  return { path, seconds: 43 };
}

export function describeLocalEngine(here: () => CliBench): void {
  // The recogniser takes its time where others want the machine too, and loses nothing for it.
  describe.sequential('local engine', { timeout: 300_000 }, () => {
    // On a machine slower than speech, the recording is over before the silence in it is heard.
    test('transcribes real speech without a key and hangs up by itself', async () => {
      const args = ['--audio', SAMPLE, '--json', '--silence', '2'];
      const { code, stdout, stderr } = await here().start(args).exited;

      expect(code).toBe(0);
      const events = eventsIn(stdout);
      const finals = events.filter(({ type }) => type === 'final');
      expect(finals.map(({ text }) => text).join(' ')).toMatch(/what you can do for your country/i);
      expect(events.filter(({ type }) => type === 'partial').length).toBeGreaterThan(5);
      expect(events.at(-1)).toMatchObject({
        type: 'end',
        reason: expect.stringMatching(/^(silence|audio-ended)$/),
        costUsd: 0,
      });
      expect(stderr).toMatch(/^lull: No AssemblyAI key is known, so the local engine listens\n/);
      expect(stderr).toMatch(
        /Ended (by silence|with the audio): .* not billed; AssemblyAI would have billed \d+ s, \$0\.00\d\d\n$/,
      );
    });

    test('hears a recording with long pauses to its end, and says on the way how far it is', async () => {
      const bench = here();
      const { path, seconds } = withPauses(bench.folder);
      const args = ['--audio', path, '--output', `${bench.folder}/talk.srt`];
      const shell = bench.commandLine(args).map((word) => `'${word}'`);
      const terminal = ['script', '-qefc', `stty cols 80; ${shell.join(' ')}`, '/dev/null'];
      const env = { TERM: 'xterm', NO_COLOR: '1', SHELL: '/bin/sh' };
      const { code, stdout } = await bench.run(terminal, { env }).exited;

      expect(code).toBe(0);
      const subtitles = readFileSync(`${bench.folder}/talk.srt`, 'utf8');
      expect(subtitles.match(/fellow americans/gi)).toHaveLength(2);
      // The first phrase begins behind twelve seconds of quiet, the last behind seven more.
      expect(subtitles).toMatch(/^1\n00:00:12,/);
      expect(subtitles).toMatch(/^\d+\n00:00:3\d,/m);
      const places = [...stdout.matchAll(/0:(\d\d) of 0:(\d\d)/g)];
      expect(places.length).toBeGreaterThan(3);
      expect(new Set(places.map(([, , of]) => Number(of)))).toEqual(new Set([seconds]));
      expect(stdout).toMatch(/, \d+ s left …/);
      expect(stdout).toContain(`Ended with the audio: ${seconds}.0 s of audio`);
    });

    test('serves v3 to its owner on this machine until it is told to stop', async () => {
      const bench = here();
      const serve = bench.start(['serve']);
      await serve.until(({ stderr }) => stderr.endsWith('serve/secret holds\n'));
      const [, url = ''] =
        /^listening on (ws:\/\/127\.0\.0\.1:\d+\/v3\/ws)\n$/.exec(serve.stdout) ?? [];
      expect(serve.stderr).toContain(`lull --endpoint ${url}\n`);

      const { path } = writeTalk(bench.folder, 1);
      const endpoint = url.replace('127.0.0.1', 'localhost');
      const dictate = ['--audio', path, '--json', '--endpoint', endpoint];
      // Whatever key is known, the server's own is found and used.
      for (const env of [{}, { LULL_KEY: 'any' }]) {
        const client = bench.start(dictate, { env });
        expect((await client.exited).code).toBe(0);
        expect(client.events.at(-1)).toMatchObject({ type: 'end', reason: 'audio-ended' });
      }
      const stranger = bench.start(dictate, {
        env: { LULL_KEY: 'any', LULL_CONFIG_DIR: join(bench.folder, 'of-another') },
      });
      expect((await stranger.exited).code).toBe(3);

      serve.child.kill('SIGTERM');
      expect(await serve.exited).toMatchObject({ code: 0, stdout: serve.stdout });
      expect(readdirSync(join(bench.env['LULL_CONFIG_DIR'] ?? '', 'serve'))).toEqual(['secret']);
    });

    test('says what it needs when a model is missing', async () => {
      const missing = ['--model-dir', '/nonexistent'];
      const report = await here().start(['engine', ...missing]).exited;
      expect(report).toMatchObject({ code: 0, stderr: '' });
      expect(report.stdout).toContain('lull engine install');

      const args = ['--audio', SAMPLE, ...missing];
      const asked = await here().start([...args, '--engine', 'local']).exited;
      expect(asked).toMatchObject({ code: 4, stdout: '' });
      expect(asked.stderr).toMatch(/^lull: There is no Vosk model in \/nonexistent; .*\n$/);

      const fallback = await here().start(args).exited;
      expect(fallback).toMatchObject({ code: 3, stdout: '' });
      expect(fallback.stderr).toMatch(
        /^lull: There is no AssemblyAI key; run lull login .* lull engine install .*\n$/,
      );
    });
  });
}
