import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What is compiled into the binaries that ship, beside what their own package is. `sign` is a text that
 * stands in the binary, so that a test sees when a new version no longer holds it; `text` is the licence
 * in packaging/licences, where the package brings none.
 */
const INSIDE = [
  {
    file: /(^|\/)vosk\.wasm$/,
    parts: [
      {
        name: 'Vosk',
        license: 'Apache-2.0',
        url: 'https://github.com/alphacep/vosk-api',
        sign: 'vosk/src/recognizer.cc',
      },
      {
        name: 'Kaldi',
        license: 'Apache-2.0',
        url: 'https://github.com/kaldi-asr/kaldi',
        sign: 'kaldi-matrix.cc',
      },
      {
        name: 'OpenFst',
        license: 'Apache-2.0',
        url: 'https://www.openfst.org',
        sign: 'fst::kNoStateId',
      },
      {
        name: 'CLAPACK',
        license: 'BSD-3-Clause',
        text: 'CLAPACK',
        url: 'https://www.netlib.org/clapack',
        sign: 'CLAPACK',
      },
    ],
  },
  {
    file: /(^|\/)pv_recorder\.node$/,
    parts: [
      {
        name: 'miniaudio',
        license: 'MIT-0',
        text: 'miniaudio',
        url: 'https://miniaud.io',
        sign: 'ma_device_get_info',
      },
    ],
  },
];

/**
 * The programs and libraries of a package: where each lies in it, the file it is copied from, and what
 * it is made of.
 */
export function describeBinaries(files) {
  return files.map(({ from, to }) => ({
    path: to,
    sha256: createHash('sha256').update(readFileSync(from)).digest('hex'),
    parts: /^ffmpeg(\.exe)?$/.test(basename(to)) ? ffmpegParts(from) : partsOf(to),
  }));
}

function partsOf(path) {
  return INSIDE.find(({ file }) => file.test(path))?.parts ?? [];
}

/** Its build says which version it is; on Windows the compiler's library is part of the program. */
function ffmpegParts(from) {
  const built = readFileSync(join(dirname(from), 'ffmpeg-build.txt'), 'utf8');
  const version = /^FFmpeg (\S+) of Debian/.exec(built)?.[1];
  if (!version) throw new Error(`${from}: ffmpeg-build.txt beside it does not say its version`);
  const ffmpeg = {
    name: 'FFmpeg',
    version,
    license: 'LGPL-2.1-or-later',
    url: 'https://ffmpeg.org',
    purl: `pkg:deb/debian/ffmpeg@${encodeURIComponent(version)}?arch=source&distro=bookworm`,
  };
  if (!existsSync(join(dirname(from), 'mingw-w64-copyright.txt'))) return [ffmpeg];
  return [ffmpeg, { name: 'mingw-w64', license: 'ZPL-2.1', url: 'https://www.mingw-w64.org' }];
}
