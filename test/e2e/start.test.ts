import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** Everything git would show as changed or new. */
function tree(): string {
  return execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
}

function run(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output, ended };
}

test('npm start types what a recorded voice says and hangs up in the silence', async () => {
  const before = tree();
  const { output, ended } = run('npm', ['start']);

  expect(await ended).toBe(0);
  // What a newcomer reads is what was said, word for word; before it, npm may say what it runs.
  expect(output.stdout).toMatch(
    /(^|\n)Go forward ten meters\.\nGo somewhere and do something\.\n$/,
  );
  expect(output.stderr).toMatch(/Ended by silence: stopped at 0:(1[1-9]|2\d) of 0:29/);
  expect(tree()).toBe(before);
});

test('a signal to npm start ends the dictation as it should end', async () => {
  const { child, output, ended } = run(process.execPath, ['scripts/start.mjs', '--json']);
  // The first object on standard output: the dictation is on its way.
  await once(child.stdout, 'data');
  child.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(output.stdout).toContain('"reason":"user"');
});
