import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bun's own package for each platform it makes programs for. */
export const BUN_PACKAGES = {
  'linux-x64': '@oven/bun-linux-x64',
  'linux-arm64': '@oven/bun-linux-aarch64',
  'win32-x64': '@oven/bun-windows-x64',
  'win32-arm64': '@oven/bun-windows-aarch64',
  'darwin-x64': '@oven/bun-darwin-x64',
  'darwin-arm64': '@oven/bun-darwin-aarch64',
};

const CACHE = '.cache/bun';

/**
 * The program of Bun for a platform, in the version of the lock file: npm has installed the one for
 * this machine, and any other is fetched from npm once.
 * @throws Error where what came is not what the lock file names
 */
export function bunFor(target) {
  const name = BUN_PACKAGES[target];
  const program = target.startsWith('win32') ? 'bun.exe' : 'bun';
  const installed = join('node_modules', name, 'bin', program);
  if (existsSync(installed)) return installed;
  const { version, integrity } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages[
    `node_modules/${name}`
  ];
  const folder = join(CACHE, `${target}-${version}`);
  const fetched = join(folder, 'package/bin', program);
  if (existsSync(fetched)) return fetched;
  mkdirSync(folder, { recursive: true });
  const answer = execFileSync(
    'npm',
    ['pack', '--json', '--pack-destination', folder, `${name}@${version}`],
    {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  );
  const tarball = join(folder, JSON.parse(answer)[0].filename);
  const sum = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (integrity !== `sha512-${sum}`)
    throw new Error(`${tarball} is not what package-lock.json names`);
  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  return fetched;
}
