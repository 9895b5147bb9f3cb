import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A runtime that runs an ES module file: `command`, `args`, the file, its arguments. */
export interface Runtime {
  readonly name: 'node' | 'deno' | 'bun';
  readonly command: string;
  readonly args: readonly string[];
}

const require = createRequire(import.meta.url);
const { platform, arch } = process;

/** Node is the one the tests run in; Deno and Bun are the development dependencies. */
export const RUNTIMES: readonly Runtime[] = [
  { name: 'node', command: process.execPath, args: [] },
  { name: 'deno', command: findDeno(), args: ['run', '-A', '--no-config'] },
  { name: 'bun', command: findBun(), args: [] },
];

/** Their launchers are Node scripts that download or start the program; a signal must reach it. */
function findDeno(): string {
  const libc = platform === 'linux' ? '-glibc' : '';
  const system = `${platform}-${arch}${libc}`;
  return join(packages(), '@deno', system, platform === 'win32' ? 'deno.exe' : 'deno');
}

function findBun(): string {
  const system = `bun-${platform === 'win32' ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
  const program = platform === 'win32' ? 'bun.exe' : 'bun';
  return join(packages(), '@oven', system, 'bin', program);
}

function packages(): string {
  const folder = dirname(dirname(require.resolve('ws/package.json')));
  if (!existsSync(join(folder, 'deno'))) throw new Error('npm ci installs Deno and Bun');
  return folder;
}
