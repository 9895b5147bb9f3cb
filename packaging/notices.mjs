import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Shipped as files of their own rather than inside a bundle. */
const COPIED = ['@lichess-org/vosk-browser', '@picovoice/pvrecorder-node'];

/** Packages without a licence file say which one they have; its text is kept here. */
const TEXTS = { 'Apache-2.0': 'packaging/licences/Apache-2.0.txt' };

const INTRODUCTION = `Lull is under the MIT licence (LICENSE). It contains what is named here, each under its own terms.

This list is made from what the bundler put into the bundles; packaging/notices.mjs writes it.`;

const RECORDER = (version) => `FFmpeg ${version} (LGPL-2.1-or-later)
A program of its own (ffmpeg or ffmpeg.exe), which Lull starts to record; Lull is not linked with it.
It is built from Debian's source by packaging/recorder/build.sh with the options in ffmpeg-build.txt,
which lies beside it as its licence does (COPYING.LGPLv2.1). Each release of Lull has the complete
source beside its packages: FFmpeg's archive, Debian's patches and the scripts; where you did not get
it, ask at the address of the repository in package.json. You may put another program in its place: name yours in the setting lull.recorder or in LULL_RECORDER.`;

/** The names of the packages inside the bundles of `dist`, from esbuild's own account of its inputs. */
export function bundledPackages(dist) {
  const names = new Set();
  for (const file of readdirSync(join(dist, 'meta'), { recursive: true })) {
    if (!file.endsWith('.json')) continue;
    const { inputs } = JSON.parse(readFileSync(join(dist, 'meta', file), 'utf8'));
    for (const path of Object.keys(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      if (name) names.add(name);
    }
  }
  return [...names].sort();
}

/** Everything that ships and is not ours: the bundled packages and the copied ones. */
export function shippedPackages(dist) {
  return [...new Set([...bundledPackages(dist), ...COPIED])].sort();
}

/**
 * Of the packages and the binaries that ship, as `describeBinaries` tells of them.
 * @throws Error where a package has neither a licence file nor a licence whose text is kept here
 */
export function noticesFor(names, binaries) {
  const sections = names.map((name) => {
    const folder = join('node_modules', name);
    const { version, license, author } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const by = typeof author === 'string' ? author : author?.name;
    const from = by ? `\nby ${by.replace(/ <.*/, '')}` : '';
    return `${name} ${version} (${license})${from}\n\n${licenceText(folder, license)}`;
  });
  const all = [INTRODUCTION, ...sections, ...partsOf(binaries)];
  return `${all.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** Each once, however many of the binaries it is compiled into. */
function partsOf(binaries) {
  const sections = binaries.flatMap(({ path, parts }) =>
    parts.map(({ name, version, license, url, text }) => {
      if (name === 'FFmpeg') return RECORDER(version);
      const title = `${name} (${license})\nCompiled into ${basename(path)}; its source: ${url}`;
      // The texts of the others are in this file already, or beside the binary.
      return text
        ? `${title}\n\n${readFileSync(`packaging/licences/${text}.txt`, 'utf8').trim()}`
        : title;
    }),
  );
  return [...new Set(sections)];
}

function licenceText(folder, license) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(name));
  const path = file ? join(folder, file) : TEXTS[license];
  if (!path) throw new Error(`${folder} ships without a licence text; add one for ${license}`);
  return readFileSync(path, 'utf8').trim();
}
