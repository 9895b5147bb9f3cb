import { spawnSync } from 'node:child_process';

/** Runs npm in the foreground and returns its exit code. */
export function npm(...args) {
  // npm names its own program to the scripts it runs; a plain `npm` is a batch file on Windows.
  const program = process.env.npm_execpath;
  const { status } = program?.endsWith('.js')
    ? spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return status ?? 1;
}
