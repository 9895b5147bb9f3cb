import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CliBench } from '../running-cli.ts';
import { quietSamples } from '../talk.ts';
import { LATE_TURN, ONE_TURN } from './scripts.ts';

const NO_LIMITS = ['--silence', '0', '--no-speech', '0'];
const PCM = Buffer.from(
  Int16Array.from(quietSamples(3), (sample) => Math.round(sample * 32_767)).buffer,
);

export function describeControl(here: () => CliBench): void {
  describe('from outside', () => {
    /** A dictation of its own person, who says 3 s and leaves the input open. */
    function begin(person: string, ...args: readonly string[]) {
      const bench = here();
      const env = { LULL_CONFIG_DIR: join(bench.folder, person) };
      const ask = (...words: readonly string[]) => bench.start(words, { env }).exited;
      const cli = bench.start(['--audio', '-', ...NO_LIMITS, ...args], { env });
      cli.child.stdin.write(PCM);
      return { cli, ask, folder: join(bench.folder, person, 'run') };
    }

    test('stop ends the dictation that is running, and its last words still come', async () => {
      const server = await here().serve(LATE_TURN);
      const { cli, ask, folder } = begin('stop', '--endpoint', server.url);
      await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      expect(readdirSync(folder)).toHaveLength(1);
      expect(statSync(folder).mode & 0o777).toBe(0o700);

      expect(await ask('status')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Listening for 0:\d\d, 1 phrase so far\n$/),
      });
      expect(JSON.parse((await ask('status', '--json')).stdout)).toEqual({
        state: 'listening',
        seconds: expect.any(Number),
        finals: 1,
        text: expect.stringMatching(/^\d:\d\d$/),
        alt: 'listening',
        class: 'listening',
        tooltip: expect.stringContaining('1 phrase so far'),
      });
      expect(await ask('stop')).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect(await cli.exited).toMatchObject({
        code: 0,
        stdout: 'Hello world.\nAnd goodbye.\n',
        stderr: expect.stringMatching(/^Ended by you: /),
      });
      expect(readdirSync(folder)).toEqual([]);
      expect(await ask('status')).toMatchObject({ code: 0, stdout: 'No dictation is running\n' });
    });

    test('cancel ends it at once and nothing more is written', async () => {
      const server = await here().serve(LATE_TURN);
      const { cli, ask } = begin('cancel', '--endpoint', server.url);
      await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      expect((await ask('cancel')).code).toBe(0);
      expect(await cli.exited).toMatchObject({ code: 130, stdout: 'Hello world.\n' });
    });

    test('toggle ends a dictation and begins one where there is none', async () => {
      const server = await here().serve(ONE_TURN, ONE_TURN);
      const { cli, ask } = begin('toggle', '--endpoint', server.url);
      await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      const words = ['toggle', '--audio', '-', ...NO_LIMITS, '--endpoint', server.url];
      expect(await ask(...words)).toMatchObject({ code: 0, stdout: '' });
      expect((await cli.exited).code).toBe(0);

      const env = { LULL_CONFIG_DIR: join(here().folder, 'toggle') };
      const begun = await here().start(words, { env, stdin: PCM }).exited;
      expect(begun).toMatchObject({ code: 0, stdout: 'Hello world.\n' });
    });

    test('what a killed dictation left behind does no harm', async () => {
      const server = await here().serve(ONE_TURN, ONE_TURN);
      const killed = begin('killed', '--endpoint', server.url);
      await killed.cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      killed.cli.child.kill('SIGKILL');
      await killed.cli.exited;
      expect(readdirSync(killed.folder)).toHaveLength(1);

      expect(await killed.ask('stop')).toMatchObject({
        code: 0,
        stderr: 'lull: No dictation is running\n',
      });
      expect(readdirSync(killed.folder)).toEqual([]);
    });

    test('a socket that never answers holds nobody up for ever', async () => {
      const { cli, ask, folder } = begin('deaf', '--endpoint', (await here().serve({})).url);
      await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(1), { timeout: 30_000 });
      cli.child.kill('SIGKILL');
      await cli.exited;
      const deaf = createServer(() => {});
      await new Promise<void>((resolve) => deaf.listen(join(folder, 'zzz.sock'), resolve));
      const { code, stdout } = await ask('status');
      deaf.close();
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'No dictation is running\n' });
    });

    test('a folder that others could enter is not used', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const runtime = join(bench.folder, 'loose');
      mkdirSync(join(runtime, 'lull'), { recursive: true });
      chmodSync(join(runtime, 'lull'), 0o777);
      writeFileSync(join(runtime, 'lull', 'x.sock'), '');
      const env = { XDG_RUNTIME_DIR: runtime };
      const args = ['--audio', '-', ...NO_LIMITS, '--endpoint', server.url];
      const { code, stdout } = await bench.start(args, { env, stdin: PCM }).exited;
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Hello world.\n' });
      expect(readdirSync(join(runtime, 'lull'))).toEqual(['x.sock']);
    });
  });
}
