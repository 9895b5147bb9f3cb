import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What `packaging/recorder` builds for this machine; kept, because it takes half a minute. */
const BUILT = '.cache/recorder/linux-x64';
const ADDON = 'node_modules/@picovoice/pvrecorder-node/lib/linux/x86_64/pv_recorder.node';

/** Whether the bundled recorders of this machine can be tried here. */
export const CAN_BUNDLE = process.platform === 'linux' && process.arch === 'x64';

/** A folder of the recorders that come with Lull, as a platform's package will have it. */
export function bundleRecorders(name: string): string {
  const folder = `.cache/${name}`;
  if (!existsSync(`${BUILT}/ffmpeg`)) {
    const script = 'packaging/recorder/build.sh';
    execFileSync(script, ['linux-x64', BUILT], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, ['esbuild.mjs', folder]);
  const recorders = join(process.cwd(), folder, 'recorders');
  copyFileSync(`${BUILT}/ffmpeg`, `${recorders}/ffmpeg`);
  copyFileSync(ADDON, `${recorders}/pv_recorder.node`);
  return recorders;
}
