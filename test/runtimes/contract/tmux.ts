import { describe, expect, type OnTestFinishedHandler, test } from 'vitest';
import { finalTurn, partialTurn } from '../../../src/testing/wire-messages.ts';
import { lacks } from '../../support/system-packages.ts';
import { Tmux } from '../../support/tmux.ts';
import type { CliBench } from '../running-cli.ts';
import { writeTalk } from '../talk.ts';
import { ONE_TURN } from './scripts.ts';

type AtEnd = (close: OnTestFinishedHandler) => void;

/** A long preview is on the screen when its final comes. */
const WORDS = 'the quick brown fox jumps over the lazy dog and goes on and on ';
const LONG_TURN = {
  onAudio: [
    {
      atMs: 400,
      send: partialTurn({ order: 0, text: WORDS.repeat(20), startMs: 100, endMs: 400 }),
    },
    { atMs: 900, send: finalTurn({ order: 0, text: 'Hello world.', startMs: 100, endMs: 700 }) },
  ],
};

/** The command has ended well, and the shell waits for the next one. */
const hasEnded = (screen: string) => /\ncode 0\n\$$/.test(screen);

export function describeTmux(here: () => CliBench): void {
  describe.skipIf(lacks('tmux', 'tmux'))('in tmux', () => {
    async function sitDown(atEnd: AtEnd, size: { columns?: number; rows?: number } = {}) {
      const bench = here();
      const tmux = new Tmux({ ...bench.env, TERM: 'xterm' });
      atEnd(() => tmux.close());
      await tmux.start(size);
      const lull = (...args: readonly string[]) =>
        bench
          .commandLine(args)
          .map((word) => `'${word}'`)
          .join(' ');
      /** Types a command that the shell does not show, so that the screen is what it prints. */
      const enter = (line: string) => tmux.keys(`clear; ${line}`, 'Enter');
      return { bench, tmux, lull, enter };
    }

    test('Enter finishes, and the screen says so', async ({ onTestFinished }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 30);
      await enter(
        `${lull('--audio', path, '--silence', '0', '--endpoint', server.url)}; echo code $?`,
      );
      await tmux.until((screen) =>
        /Hello world\.\n0:0\d of 0:30.*… \(Enter: finish\)$/.test(screen),
      );
      await tmux.keys('Enter');
      const screen = await tmux.until(hasEnded);
      expect(screen).toMatch(/^Hello world\.\nEnded by you: .*\ncode 0\n\$$/);
    });

    test('Ctrl-C ends it although its main loop, which reads the keys, hangs', async ({
      onTestFinished,
    }) => {
      const { bench, tmux, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 30);
      const stuck = bench.commandLineAfter('test/fixtures/programs/stuck.mjs', [
        ...['--audio', path, '--silence', '0', '--endpoint', server.url],
      ]);
      await enter(stuck.map((word) => `'${word}'`).join(' '));
      await tmux.until((screen) => screen.includes('stuck'));
      // Each press is seen or not, as a person's would be, until the shell says what became of it.
      for (let screen = ''; !screen.includes('Killed'); screen = await tmux.screen()) {
        await tmux.keys('C-c');
      }
    });

    test('Ctrl-Z gives the shell back and fg goes on', async ({ onTestFinished }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 30);
      await enter(lull('--audio', path, '--silence', '0', '--endpoint', server.url));
      await tmux.until((screen) => screen.includes('Hello world.\n0:'));
      await tmux.keys('C-z');
      const halted = await tmux.until((screen) => /Stopped.*\n\$$/s.test(screen));
      expect(halted).not.toContain('of 0:30');
      // The shell gets its line editing and its echo back.
      await tmux.keys('echo still here; fg', 'Enter');
      await tmux.until((screen) => screen.includes('\nstill here\n'));
      await tmux.until((screen) => /of 0:30.*… \(Enter: finish\)$/.test(screen));
      await tmux.keys('q');
      expect(await tmux.until((screen) => screen.endsWith('$'))).toContain('Ended by you: ');
    });

    test('a preview taller than the screen leaves the scrollback as it was', async ({
      onTestFinished,
    }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished, { columns: 40, rows: 8 });
      const server = await bench.serve(LONG_TURN);
      const { path } = writeTalk(bench.folder, 3);
      await enter(`seq 1 6; ${lull('--audio', path, '--endpoint', server.url)}; echo code $?`);
      await tmux.until(hasEnded);
      const history = await tmux.screen('history');
      expect(history).toMatch(/^1\n2\n3\n4\n5\n6\nHello world\.\nEnded with [^\n]*\ncode 0\n\$$/m);
      expect(history).not.toContain('quick brown');
    });

    test('lull | tee keeps the words and the preview apart', async ({ onTestFinished }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const copy = `${bench.folder}/tee.txt`;
      await enter(`${lull('--audio', path, '--endpoint', server.url)} | tee ${copy}; echo code $?`);
      const screen = await tmux.until(hasEnded);
      expect(screen).toMatch(/^Hello world\.\nEnded with the audio: [^\n]*\ncode 0\n\$$/);
    });

    test('words that go to a file stay on the screen', async ({ onTestFinished }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN, ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const command = lull('--audio', path, '--endpoint', server.url);
      await enter(`${command} -o ${bench.folder}/o.txt; ${command} > ${bench.folder}/p.txt`);
      const screen = await tmux.until((text) => text.split('Ended with').length === 3);
      expect(screen.match(/^Hello world\.$/gm)).toHaveLength(2);
    });

    test('a dumb terminal gets plain lines', async ({ onTestFinished }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const limits = ['--silence', '3', '--warning', '2'];
      const command = lull('--audio', path, ...limits, '--endpoint', server.url);
      await enter(`TERM=dumb ${command}; echo code $?`);
      const screen = await tmux.until(hasEnded);
      expect(screen).toMatch(
        /^listening …\nHello world\.\nstops in [12] s\nEnded by silence: [^\n]*\ncode 0\n\$$/,
      );
    });

    test('--to pastes finished phrases into another pane, parted by a space', async ({
      onTestFinished,
    }) => {
      const { bench, tmux, lull, enter } = await sitDown(onTestFinished);
      const server = await bench.serve({
        ...ONE_TURN,
        onTerminate: {
          sendBefore: [finalTurn({ order: 1, text: 'And goodbye.', startMs: 900, endMs: 1_400 })],
          delayMs: 50,
        },
      });
      const { path } = writeTalk(bench.folder, 2);
      const pane = await tmux.split('cat');
      const args = ['--audio', path, '--to', `tmux:${pane}`, '--endpoint', server.url];
      await enter(`${lull(...args)}; echo code $?`);
      await tmux.until((screen) => screen.includes('code 0'));
      // No line break: what was pasted waits to be sent.
      expect(await tmux.screen('visible', pane)).toBe('Hello world. And goodbye.');

      await enter(`${lull(...args, '--submit', 'hang-up')}; echo code $?`);
      await tmux.until((screen) => screen.includes('code 0'));
      // `cat` says a line again once Enter was pressed.
      await tmux.until((screen) => screen.split('And goodbye.').length > 3, pane);
    });

    test('--to a pane that is not there is a wrong command line', async ({ onTestFinished }) => {
      const { tmux, lull, enter } = await sitDown(onTestFinished);
      await enter(`${lull('--to', 'tmux:%99')}; echo code $?`);
      const screen = await tmux.until((text) => text.includes('code 2'));
      expect(screen).toMatch(/^lull: --to finds no tmux pane %99; tmux list-panes -a shows/);
    });
  });
}
