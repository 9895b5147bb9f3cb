import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What `packaging/recorder` builds for this machine. */
export const BUILT_RECORDER = '.cache/recorder/linux-x64';
const ADDON = 'node_modules/@picovoice/pvrecorder-node/lib/linux/x86_64/pv_recorder.node';

/** Whether the bundled recorders can be tried here. */
export const CAN_BUNDLE = existsSync(`${BUILT_RECORDER}/ffmpeg`);

/** A folder of the recorders that come with Lull, as a platform's package will have it. */
export function bundleRecorders(name: string): string {
  const folder = `.cache/${name}`;
  execFileSync(process.execPath, ['esbuild.mjs', folder]);
  const recorders = join(process.cwd(), folder, 'recorders');
  const programs = join(recorders, 'linux-x64');
  mkdirSync(programs, { recursive: true });
  copyFileSync(`${BUILT_RECORDER}/ffmpeg`, `${programs}/ffmpeg`);
  copyFileSync(ADDON, `${programs}/pv_recorder.node`);
  return recorders;
}
