import { spawnSync } from 'node:child_process';

/**
 * Whether a test that needs a program of the system must be left out. On the build machine a
 * missing program is an error: a test that is always left out tests nothing.
 */
export function lacks(program: string, debianPackage: string): boolean {
  const isThere = spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0;
  if (isThere) return false;
  const advice = `${program} is missing; install it with: sudo apt-get install ${debianPackage}`;
  if (process.env['CI'] === 'true') throw new Error(advice);
  process.stderr.write(`Tests are left out: ${advice}\n`);
  return true;
}
