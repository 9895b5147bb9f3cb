import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { sharedPapers } from './papers.mjs';
import { recorderFiles, TARGETS } from './targets.mjs';

/** The extension for every platform that has none of its own. */
export const UNIVERSAL = 'universal';
export const VSIX_TARGETS = [...Object.keys(TARGETS), UNIVERSAL];

/** What VS Code reads of package.json; the rest is about building and the command line. */
const FIELDS = [
  ...['name', 'displayName', 'version', 'publisher', 'description', 'license', 'type', 'main'],
  ...[
    'extensionKind',
    'capabilities',
    'categories',
    'keywords',
    'icon',
    'galleryBanner',
    'pricing',
  ],
  ...['repository', 'bugs', 'homepage', 'l10n', 'activationEvents', 'contributes'],
];
const FILES = [
  ...['LICENSE', 'CHANGELOG.md', 'l10n', 'media/icon.png', 'media/walkthrough'],
  ...readdirSync('.').filter((name) => /^package\.nls(\.\w+)?\.json$/.test(name)),
];
const BUNDLES = [
  ...['extension.cjs', 'lull.cjs', 'engine.mjs', 'engine-thread.mjs', 'vosk'],
  ...['recorders/pulse.mjs', 'recorders/addon.mjs'],
];

/**
 * Packs the extension for one platform out of `dist`; gives the file, its recorders and what it lacks. It is laid
 * out in a folder of its own first, so that nothing gets in that is not named here.
 */
export async function packVsix({ target, dist, out }) {
  const stage = resolve(`.cache/vsix/${target}`);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });

  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const kept = Object.fromEntries(FIELDS.map((field) => [field, manifest[field]]));
  const engines = { vscode: manifest.engines.vscode };
  // All that was laid out is wanted; without this file vsce warns that it might not be.
  writeFileSync(join(stage, '.vscodeignore'), '');
  writeFileSync(join(stage, 'package.json'), JSON.stringify({ ...kept, engines }, undefined, 2));
  for (const file of FILES) copy(file, join(stage, file));
  writeFileSync(join(stage, 'README.md'), fromRoot('docs/extension.md'));
  for (const bundle of BUNDLES) copy(join(dist, bundle), join(stage, 'dist', bundle));

  const missing = [];
  const recorders = [];
  for (const platform of target === UNIVERSAL ? Object.keys(TARGETS) : [target]) {
    const recorder = recorderFiles(platform);
    if (recorder.missing) missing.push(recorder.missing);
    for (const file of recorder.files) {
      const to = `dist/recorders/${platform}/${file.to}`;
      recorders.push({ ...file, to });
      copy(file.from, join(stage, to));
      chmodSync(join(stage, to), file.isProgram ? 0o755 : 0o644);
    }
  }
  for (const [name, text] of Object.entries(sharedPapers(dist, recorders))) {
    writeFileSync(join(stage, name), text);
  }

  mkdirSync(out, { recursive: true });
  const suffix = target === UNIVERSAL ? '' : `-${target}`;
  const path = resolve(out, `lull${suffix}-${manifest.version}.vsix`);
  const pages = manifest.repository.url.replace(/^git\+|\.git$/g, '');
  await createVSIX({
    cwd: stage,
    packagePath: path,
    dependencies: false,
    ...(target === UNIVERSAL ? {} : { target }),
    baseContentUrl: `${pages}/blob/HEAD`,
    baseImagesUrl: `${pages}/raw/HEAD`,
  });
  return { path, missing, recorders: recorders.map(({ to }) => to) };
}

/** A page whose links count from the root of the repository, as those of its README do. */
function fromRoot(page) {
  return readFileSync(page, 'utf8').replaceAll(/(?<=\]\()(?!https?:|#)[^)\s]+/g, (link) =>
    posix.join(posix.dirname(page), link),
  );
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
