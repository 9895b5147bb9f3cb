import { describe, expect, test } from 'vitest';
import type { CliBench } from '../running-cli.ts';
import { writeTalk } from '../talk.ts';
import { LATE_TURN, ONE_TURN } from './scripts.ts';

export function describeEndings(here: () => CliBench): void {
  describe('signals', () => {
    test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
      '%s ends the session and keeps the last words',
      async (signal) => {
        const bench = here();
        const server = await bench.serve(LATE_TURN);
        const { path } = writeTalk(bench.folder, 12);
        const cli = bench.start(['--audio', path, '--endpoint', server.url]);
        await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
        cli.child.kill(signal);

        const { code, stdout, stderr } = await cli.exited;
        expect({ code, stdout }).toEqual({ code: 0, stdout: 'Hello world.\nAnd goodbye.\n' });
        expect(stderr).toMatch(/^Ended by you: /);
        expect(await (await server.connection(0)).ended()).toBe(1000);
      },
    );

    test('a second SIGINT ends it within a second', async () => {
      const bench = here();
      const server = await bench.serve({ ...ONE_TURN, onTerminate: 'silent' });
      const { path } = writeTalk(bench.folder, 12);
      const cli = bench.start(['--audio', path, '--endpoint', server.url]);
      await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      cli.child.kill('SIGINT');
      const connection = await server.connection(0);
      await connection.until(({ frames }) => frames.some(({ kind }) => kind === 'message'));
      const secondAtMs = performance.now();
      cli.child.kill('SIGINT');

      const { code, stdout } = await cli.exited;
      expect({ code, stdout }).toEqual({ code: 130, stdout: 'Hello world.\n' });
      expect(performance.now() - secondAtMs).toBeLessThan(1_000);
    });

    test('a second Ctrl-C ends it although its main loop hangs', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const stuck = bench.commandLineAfter('test/fixtures/programs/stuck.mjs', [
        ...['--audio', path, '--endpoint', server.url],
      ]);
      const cli = bench.run(stuck, { group: 'own' });
      await cli.until(({ stderr }) => stderr.includes('stuck\n'));
      const { pid = 0 } = cli.child;
      const ends = cli.exited.then(() => 'ended');
      // Two signals at once are one; a person's fingers are slower.
      const pressed = () => new Promise((resolve) => setTimeout(resolve, 300, 'pressed'));
      while ((await Promise.race([ends, pressed()])) === 'pressed') process.kill(-pid, 'SIGINT');

      const { code, stdout } = await cli.exited;
      expect({ code, stdout }).toEqual({ code: null, stdout: 'Hello world.\n' });
    });
  });

  describe('lost readers', () => {
    test('a closed standard output ends the session and the words go to standard error', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const cli = bench.start(['--audio', path, '--silence', '2', '--endpoint', server.url]);
      cli.child.stdout.destroy();

      const { code, stderr } = await cli.exited;
      expect(code).toBe(0);
      expect(stderr).toContain('Hello world.\n');
      expect(stderr).toContain('And goodbye.\n');
      expect(await (await server.connection(0)).ended()).toBe(1000);
    });

    test('nothing breaks when standard error is closed as well', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const cli = bench.start(['--audio', path, '--silence', '2', '--endpoint', server.url]);
      cli.child.stdout.destroy();
      cli.child.stderr.destroy();

      expect((await cli.exited).code).toBe(0);
      expect(await (await server.connection(0)).ended()).toBe(1000);
    });
  });
}
