import { existsSync } from 'node:fs';

/** What a recorder's file begins with on each platform, and which of our two recorders it has. */
export const TARGETS = {
  'linux-x64': { ffmpeg: 'ffmpeg', addon: 'linux/x86_64' },
  // The addon's builds for ARM are for one board each; the others record without it.
  'linux-arm64': { ffmpeg: 'ffmpeg' },
  'win32-x64': { ffmpeg: 'ffmpeg.exe', addon: 'windows/amd64' },
  'win32-arm64': { addon: 'windows/arm64' },
  // Their ffmpeg can only be built on a Mac; the hosted workflow does, and then it is packed as well.
  'darwin-x64': { ffmpeg: 'ffmpeg', isOptional: true, addon: 'mac/x86_64' },
  'darwin-arm64': { ffmpeg: 'ffmpeg', isOptional: true, addon: 'mac/arm64' },
};

/** Where `packaging/recorder/build.sh` puts what it builds. */
export const BUILT = '.cache/recorder';
const ADDONS = 'node_modules/@picovoice/pvrecorder-node/lib';
/** What goes with the binary: its licence, how it was made, and notices of the compiler's library. */
const PAPERS = ['COPYING.LGPLv2.1', 'ffmpeg-build.txt', 'mingw-w64-copyright.txt'];

/**
 * The files that record on `target`, as `{ from, to }` with `to` beside each other, and the sentence
 * on what is missing where the recorder was not built yet.
 */
export function recorderFiles(target) {
  const { ffmpeg, isOptional, addon } = TARGETS[target];
  const files = [];
  let missing;
  if (addon)
    files.push({
      from: `${ADDONS}/${addon}/pv_recorder.node`,
      to: 'pv_recorder.node',
      isBinary: true,
    });
  if (ffmpeg && existsSync(`${BUILT}/${target}/${ffmpeg}`)) {
    files.push({
      from: `${BUILT}/${target}/${ffmpeg}`,
      to: ffmpeg,
      isBinary: true,
      isProgram: true,
    });
    for (const paper of PAPERS) {
      const from = `${BUILT}/${target}/${paper}`;
      if (existsSync(from)) files.push({ from, to: paper });
    }
  } else if (ffmpeg && !isOptional) {
    missing = `The recorder for ${target} is not built; build it with: packaging/recorder/build.sh ${target} ${BUILT}/${target}`;
  }
  return { files, missing };
}
