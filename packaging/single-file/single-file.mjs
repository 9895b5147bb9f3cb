import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { sharedPapers } from '../papers.mjs';
import { recorderFiles } from '../targets.mjs';
import { BUN_PACKAGES, bunFor } from './bun.mjs';

const BUNDLES = [
  ...['cli.mjs', 'run.mjs', 'commands.mjs', 'engine.mjs', 'engine-thread.mjs', 'vosk'],
  ...['recorders/pulse.mjs', 'recorders/addon.mjs'],
];

/** What a shell's folder must not change in a program that is made for one thing. */
const CLOSED = ['--no-compile-autoload-dotenv', '--no-compile-autoload-bunfig'];

export const SINGLE_FILE_TARGETS = Object.keys(BUN_PACKAGES);

/**
 * Makes the command line one program that needs no runtime: Bun, the bundles, the recogniser and the
 * recorder. Gives the file and what it lacks.
 */
export function packSingleFile({ target, dist, out }) {
  const stage = resolve('.cache/single-file', target);
  const payload = join(stage, 'payload');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(payload, { recursive: true });

  for (const bundle of BUNDLES) copy(join(dist, bundle), join(payload, bundle));
  const recorder = recorderFiles(target);
  const recorders = recorder.files.map((file) => ({
    ...file,
    to: `recorders/${target}/${file.to}`,
  }));
  for (const { from, to } of recorders) copy(from, join(payload, to));
  copy('LICENSE', join(payload, 'LICENSE'));
  for (const [name, text] of Object.entries(sharedPapers(dist, recorders))) {
    writeFileSync(join(payload, name), text);
  }
  const programs = recorders.filter(({ isProgram }) => isProgram).map(({ to }) => to);
  const entry = join(stage, 'main.mjs');
  writeFileSync(entry, entryOver(payload, programs));

  mkdirSync(out, { recursive: true });
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [system, machine] = target.split('-');
  const path = resolve(out, `lull-${version}-${target}${system === 'win32' ? '.exe' : ''}`);
  const bunTarget = `bun-${system === 'win32' ? 'windows' : system}-${machine}`;
  const args = [
    ...['build', '--compile', `--target=${bunTarget}`, '--minify', ...CLOSED],
    ...[`--compile-executable-path=${resolve(bunFor(target))}`, `--outfile=${path}`, entry],
  ];
  execFileSync(bunFor(`${process.platform}-${process.arch}`), args, { stdio: 'pipe' });
  return { path, missing: recorder.missing };
}

/** Carries every file of the payload, lays them out, and goes on in the command line. */
function entryOver(payload, programs) {
  const paths = readdirSync(payload, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(payload, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
  const sum = createHash('sha256');
  for (const path of paths) sum.update(`${path}\n`).update(readFileSync(join(payload, path)));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const files = paths.map((path, index) => {
    const mode = programs.includes(path) ? 0o755 : 0o644;
    return `{ source: file${index}, path: ${JSON.stringify(path)}, mode: ${mode} }`;
  });
  return [
    `import { unpack } from ${JSON.stringify(resolve('packaging/single-file/unpack.ts'))};`,
    `import { pathToFileURL } from 'node:url';`,
    ...paths.map(
      (path, index) =>
        `import file${index} from ${JSON.stringify(join(payload, path))} with { type: 'file' };`,
    ),
    `const name = '${version}-${sum.digest('hex').slice(0, 12)}';`,
    `const folder = unpack({ name, files: [${files.join(', ')}] });`,
    // Not a literal: it is there only once it is laid out.
    `await import(pathToFileURL(folder + '/cli.mjs').href);`,
  ].join('\n');
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
