import { describe, expect, test } from 'vitest';
import { Screen } from '../../cli/terminal/screen.ts';
import { lacks } from '../../support/system-packages.ts';
import type { CliBench, RunningCli } from '../running-cli.ts';
import { writeTalk } from '../talk.ts';
import { ONE_TURN } from './scripts.ts';

const CTRL_C = '\u0003';

/** Runs a shell script on a terminal of its own; what it draws comes on standard output. */
function onTerminal(bench: CliBench, shell: string): RunningCli {
  const env = { NO_COLOR: '1', TERM: 'xterm', SHELL: '/bin/sh' };
  return bench.run(['script', '-qefc', shell, '/dev/null'], { env });
}

function quoted(commandLine: readonly string[]): string {
  return commandLine.map((word) => `'${word}'`).join(' ');
}

export function describeTerminal(here: () => CliBench): void {
  describe.skipIf(lacks('script', 'bsdutils'))('terminal', () => {
    test('shows the countdown, lets a key put it off and gives the terminal back', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 30);
      const limits = ['--silence', '6', '--warning', '3'];
      const cli = bench.commandLine(['--audio', path, ...limits, '--endpoint', server.url]);
      const shell = `stty cols 60 rows 20; ${quoted(cli)}; echo "code $?"; stty -a`;
      const terminal = onTerminal(bench, shell);
      const countdowns = (text: string) => text.split('stops in 3 s (space: keep').length - 1;

      await terminal.until(({ stdout }) => countdowns(stdout) === 1);
      terminal.child.stdin.write(' ');
      await terminal.until(({ stdout }) => countdowns(stdout) === 2);
      terminal.child.stdin.write(CTRL_C);

      const { stdout } = await terminal.exited;
      const screen = new Screen(60, 20);
      screen.write(stdout);
      const [words, closing, code, ...settings] = screen.text.split('\n');
      expect([words, code]).toEqual(['Hello world.', 'code 0']);
      expect(closing).toMatch(/^Ended by you: \d\.\d s of audio, not billed$/);
      // `stty` writes a minus before what is switched off.
      expect(settings.join(' ')).toMatch(/(?<!-)\bisig (?<!-)icanon .*(?<!-)\becho /s);
      expect(stdout).toContain('hello wor');
    });

    test('does not show the key while it is typed', async () => {
      const bench = here();
      const key = '00112233445566778899aabbccddeeff';
      const login = quoted(bench.commandLine(['login']));
      const folder = `LULL_CONFIG_DIR='${bench.folder}/typed'`;
      const terminal = onTerminal(bench, `${folder} ${login} && stty -a`);
      await terminal.until(({ stdout }) => stdout.includes('it is not shown'));
      terminal.child.stdin.write(`${key}x\u007f\r`);

      const { code, stdout } = await terminal.exited;
      expect(code).toBe(0);
      expect(stdout).toContain('The key is kept in ');
      expect(stdout).not.toContain(key);
      expect(stdout).toMatch(/(?<!-)\becho /);
    });
  });
}
