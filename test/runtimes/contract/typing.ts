import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type OnTestFinishedHandler, test, vi } from 'vitest';
import { lacks } from '../../support/system-packages.ts';
import type { CliBench } from '../running-cli.ts';
import { quietSamples, writeTalk } from '../talk.ts';
import { LATE_TURN, ONE_TURN } from './scripts.ts';

const LACKS_DESKTOP = [
  lacks('Xvfb', 'xvfb'),
  lacks('xterm', 'xterm'),
  lacks('xdotool', 'xdotool'),
].includes(true);

/** A desktop with one window, which writes down what is typed into it, line by line. */
async function startDesktop(folder: string, atEnd: (close: OnTestFinishedHandler) => void) {
  const children: ChildProcess[] = [];
  atEnd(() => {
    for (const child of children.reverse()) child.kill();
  });
  const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    return child;
  };
  // -displayfd: the server chooses a free display and writes its number there.
  const server = start('Xvfb', [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '640x480x24',
    '-nolisten',
    'tcp',
  ]);
  let number = '';
  server.stdio[3]?.on('data', (chunk: Buffer) => {
    number += String(chunk);
  });
  await vi.waitFor(() => expect(number).toMatch(/^\d+\n/), { timeout: 20_000 });
  const DISPLAY = `:${number.trim()}`;
  const typed = join(folder, `typed-${number.trim()}.txt`);
  const ready = `${typed}.ready`;
  start('xterm', ['-e', 'sh', '-c', `touch ${ready}; exec cat > ${typed}`], { DISPLAY });
  await vi.waitFor(() => readFileSync(ready), { timeout: 20_000 });
  return {
    env: { DISPLAY },
    typed: () => readFileSync(typed, 'utf8'),
    /** The terminal hands a line on when Enter is pressed. */
    pressEnter: () => start('xdotool', ['key', 'Return'], { DISPLAY }),
  };
}

export function describeTyping(here: () => CliBench): void {
  describe.skipIf(LACKS_DESKTOP)('typing', () => {
    test('--type writes the words into the focused window, and toggle from another shell ends it', async ({
      onTestFinished,
    }) => {
      const bench = here();
      const desktop = await startDesktop(bench.folder, onTestFinished);
      const env = { ...desktop.env, LULL_CONFIG_DIR: join(bench.folder, 'typing') };
      const server = await bench.serve(LATE_TURN);
      const limits = ['--silence', '0', '--no-speech', '0', '--endpoint', server.url];
      const cli = bench.start(['--type', '--audio', '-', ...limits], { env });
      cli.child.stdin.write(
        Buffer.from(Int16Array.from(quietSamples(2), (sample) => sample * 32_767).buffer),
      );
      await cli.until(({ stdout }) => stdout.includes('Hello world.\n'));
      expect((await bench.start(['toggle'], { env }).exited).code).toBe(0);
      expect((await cli.exited).code).toBe(0);
      // Nothing was sent: the line is there, and waits.
      expect(desktop.typed()).toBe('');
      desktop.pressEnter();
      await vi.waitFor(() => expect(desktop.typed()).toBe('Hello world. And goodbye.\n'), {
        timeout: 10_000,
      });
    });

    test('--submit hang-up presses Enter after a silence', async ({ onTestFinished }) => {
      const bench = here();
      const desktop = await startDesktop(bench.folder, onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const args = [path, '--type', '--submit', 'hang-up', '--silence', '1'];
      const cli = bench.start([...args, '--endpoint', server.url], { env: desktop.env });
      expect((await cli.exited).code).toBe(0);
      await vi.waitFor(() => expect(desktop.typed()).toBe('Hello world.\n'), { timeout: 10_000 });
    });

    test('says so where nothing can type or copy, and the words are in the output', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const cli = bench.start([path, '--type', '--copy', '--endpoint', server.url]);
      const { code, stdout, stderr } = await cli.exited;
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Hello world.\n' });
      expect(stderr).toMatch(/^lull: No program here can type into the window; install wtype/m);
      expect(stderr).toMatch(/^lull: The text could not be copied; install wl-clipboard/m);
    });
  });
}
