import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { BUILT_RECORDER } from './recorders-folder.ts';

/** Builds the bundled recorder once for all tests, which takes half a minute, and keeps it. */
export function setup(): void {
  const isOurs = process.platform === 'linux' && process.arch === 'x64';
  if (!isOurs || existsSync(`${BUILT_RECORDER}/ffmpeg`)) return;
  const { status } = spawnSync(
    'bash',
    ['packaging/recorder/build.sh', 'linux-x64', BUILT_RECORDER],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (status === 0) return;
  const advice =
    'The bundled recorder could not be built; packaging/recorder/build.sh names its needs';
  if (process.env['CI'] === 'true') throw new Error(advice);
  process.stderr.write(`Its tests are left out: ${advice}\n`);
}
