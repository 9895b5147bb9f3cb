import { describe, expect, test } from 'vitest';
import type { CliBench } from '../running-cli.ts';
import { eventsIn } from '../running-cli.ts';
import { quietSamples, writeTalk } from '../talk.ts';
import { LATE_TURN, ONE_TURN } from './scripts.ts';

/** Limits that do not interfere: these tests end by what they are about. */
const NO_LIMITS = ['--silence', '0', '--no-speech', '0'];

export function describeDictation(here: () => CliBench): void {
  describe('dictation', () => {
    test('hangs up five seconds after the last word and sends nothing more', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const args = ['--audio', path, '--json', '--silence', '5', '--endpoint', server.url];
      const { code, stdout } = await bench.start(args).exited;

      expect(code).toBe(0);
      const connection = await server.connection(0);
      expect(await connection.ended()).toBe(1000);
      expect(connection.audioMs - 700).toBeGreaterThanOrEqual(5_000);
      expect(connection.audioMs - 700).toBeLessThanOrEqual(5_300);
      expect(connection.frames.at(-1)).toMatchObject({ message: { type: 'Terminate' } });

      const events = eventsIn(stdout);
      expect(events.filter(({ type }) => type === 'final')).toMatchObject([
        { turn: 0, text: 'Hello world.', startMs: 100, endMs: 700 },
      ]);
      const countdown = events.filter(({ type }) => type === 'countdown');
      expect(countdown.map(({ remainingMs }) => Math.ceil(Number(remainingMs) / 1_000))).toEqual([
        3, 2, 1,
      ]);
      expect(events.at(-1)).toMatchObject({
        type: 'end',
        reason: 'silence',
        finals: 1,
        billedIsEstimate: false,
      });
      expect(stdout.split('\n').every((line) => line === '' || line.startsWith('{"type":'))).toBe(
        true,
      );
    });

    test('loses nothing that is said before the session begins, and sends it at a steady pace', async () => {
      const bench = here();
      const server = await bench.serve({ begin: { delayMs: 1_300 } });
      const { path, pcm } = writeTalk(bench.folder, 4);
      const args = ['--audio', path, ...NO_LIMITS, '--endpoint', server.url];
      const { code } = await bench.start(args).exited;

      expect(code).toBe(0);
      const connection = await server.connection(0);
      await connection.ended();
      expect(connection.audio.equals(pcm)).toBe(true);
      const beganAtMs = connection.beganAtMs ?? 0;
      const lastAtMs = connection.audioFrames.at(-1)?.atMs ?? 0;
      // 100 ms for a machine that delivers two late frames together.
      expect(connection.audioMs).toBeLessThanOrEqual((lastAtMs - beganAtMs) * 1.25 + 100);
    });

    test('takes raw audio from standard input', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const pcm = Buffer.from(
        Int16Array.from(quietSamples(2), (sample) => Math.round(sample * 32_767)).buffer,
      );
      const args = ['--audio', '-', ...NO_LIMITS, '--endpoint', server.url];
      const env = { LULL_KEY: 'k' };
      const { code, stdout, stderr } = await bench.start(args, { stdin: pcm, env }).exited;

      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Hello world.\n' });
      expect(stderr).toMatch(/^Ended with the audio: 2\.0 s of audio, billed \d+ s, \$0\.000\d\n$/);
      expect((await server.connection(0)).audio.equals(pcm)).toBe(true);
    });

    test('prints the words that arrive between Terminate and Termination', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const args = ['--audio', path, '--silence', '1', '--endpoint', server.url];
      const { stdout } = await bench.start(args).exited;
      expect(stdout).toBe('Hello world.\nAnd goodbye.\n');
    });

    test('ends within six seconds when the service never answers Terminate', async () => {
      const bench = here();
      const server = await bench.serve({ ...ONE_TURN, onTerminate: 'silent' });
      const { path } = writeTalk(bench.folder, 12);
      const args = ['--audio', path, '--silence', '1', '--endpoint', server.url];
      const { code, stdout, stderr } = await bench.start(args, { env: { LULL_KEY: 'k' } }).exited;

      const connection = await server.connection(0);
      const terminatedAtMs = connection.message('Terminate')?.atMs ?? 0;
      await connection.ended();
      expect(performance.now() - terminatedAtMs).toBeLessThan(6_500);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Hello world.\n' });
      expect(stderr).toContain('billed about ');
    });

    test('sends the key it was given and shows it nowhere', async () => {
      const bench = here();
      const server = await bench.serve({
        refuse: { code: 1008, text: 'Unauthorized Connection: Invalid API key' },
      });
      const { path } = writeTalk(bench.folder, 4);
      const key = '0123456789abcdef0123456789abcdef';
      const args = ['--audio', path, '--json', '--verbose', '--endpoint', server.url];
      const { code, stdout, stderr } = await bench.start(args, {
        env: { LULL_KEY: key, ASSEMBLYAI_API_KEY: 'another-key-0123456789' },
      }).exited;

      expect(code).toBe(3);
      expect(server.connections.map(({ headers }) => headers.authorization)).toEqual([key]);
      expect(stdout + stderr).not.toContain(key);
      expect(eventsIn(stdout).filter(({ type }) => type === 'error')).toMatchObject([
        { code: 'key-refused' },
      ]);
    });

    test('keeps a key for one server, shows it to no other, and forgets it again', async () => {
      const bench = here();
      const key = 'fedcba9876543210fedcba9876543210';
      const env = { LULL_CONFIG_DIR: `${bench.folder}/login` };
      const server = await bench.serve(ONE_TURN);
      const other = await bench.serve(ONE_TURN);
      const login = ['login', '--endpoint', server.url];
      const kept = await bench.start(login, { env, stdin: `LULL_KEY="${key}"\n` }).exited;
      expect(kept).toMatchObject({ code: 0, stderr: '' });
      expect(kept.stdout).not.toContain(key);

      const { path } = writeTalk(bench.folder, 1);
      for (const { url } of [server, other]) {
        await bench.start(['--audio', path, '--endpoint', url], { env }).exited;
      }
      expect((await server.connection(0)).headers.authorization).toBe(key);
      expect((await other.connection(0)).headers.authorization).toBeUndefined();

      const logout = await bench.start(['logout', '--endpoint', server.url], { env }).exited;
      expect(logout).toMatchObject({ code: 0, stdout: 'The key is forgotten\n' });
      const again = await bench.start(['logout', '--endpoint', server.url], { env }).exited;
      expect(again.stdout).toBe('There was no key to forget\n');
    });
  });
}
