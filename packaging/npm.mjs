import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { recorderPapers, sharedPapers } from './papers.mjs';
import { recorderFiles, TARGETS } from './targets.mjs';
import { emitTypes } from './types.mjs';

const STAGE = resolve('.cache/npm');
const FIELDS = ['version', 'description', 'license', 'keywords', 'repository', 'bugs', 'homepage'];
const FILES = ['LICENSE', 'CHANGELOG.md', 'README.md'];
const MAN_PAGE = 'man/lull.1';
/** What each shell calls the file in which it looks for the completions of `lull`. */
const COMPLETIONS = { bash: 'lull', zsh: '_lull', fish: 'lull.fish' };
const BUNDLES = [
  ...['cli.mjs', 'run.mjs', 'commands.mjs', 'engine.mjs', 'engine-thread.mjs', 'vosk', 'lib'],
  ...['recorders/pulse.mjs', 'recorders/addon.mjs'],
];
/** What is imported, its bundle, and the source whose declarations describe it. */
const ENTRIES = {
  '.': ['index', 'core'],
  './node': ['node', 'node'],
  './browser': ['browser', 'browser'],
  './text': ['text', 'text'],
  './token': ['token', 'token'],
  './testing': ['testing', 'testing'],
};
/** Deno and Bun look for it too. */
const ON_NODE = { '.': 'lull-on-node' };

/** Packs the command line and the library out of `dist`; gives the tarball. */
export function packCommandLine({ dist, out }) {
  return pack(stageCommandLine(dist), out);
}

/** The folder that becomes the package. */
export function stageCommandLine(dist) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const stage = newStage('lull');
  const recorders = Object.keys(TARGETS).map((target) => [nameOf(target), manifest.version]);
  writeManifest(stage, {
    name: 'lull',
    ...pick(manifest, FIELDS),
    type: 'module',
    engines: { node: manifest.engines.node },
    bin: { lull: 'dist/cli.mjs' },
    man: [`./${MAN_PAGE}`],
    exports: {
      ...Object.fromEntries(
        Object.entries(ENTRIES).map(([entry, [bundle, source]]) => [
          entry,
          {
            types: `./dist/types/${source}/index.d.ts`,
            ...(ON_NODE[entry] ? { node: `./dist/lib/${ON_NODE[entry]}.mjs` } : {}),
            default: `./dist/lib/${bundle}.mjs`,
          },
        ]),
      ),
      './package.json': './package.json',
    },
    sideEffects: false,
    // npm takes the one for its platform and passes over the others.
    optionalDependencies: Object.fromEntries(recorders),
  });
  for (const file of FILES) copy(file, join(stage, file));
  for (const bundle of BUNDLES) copy(join(dist, bundle), join(stage, 'dist', bundle));
  chmodSync(join(stage, 'dist/cli.mjs'), 0o755);
  copy('docs/lull.1', join(stage, MAN_PAGE));
  for (const [shell, name] of Object.entries(COMPLETIONS)) {
    const script = execFileSync(process.execPath, [join(dist, 'cli.mjs'), 'completions', shell]);
    write(join(stage, 'completions', shell, name), script);
  }
  emitTypes(join(stage, 'dist/types'));
  writePapers(stage, sharedPapers(dist));
  return stage;
}

/** Packs the recorder of one platform; gives the tarball, and what it lacks. */
export function packRecorder({ target, out }) {
  const { files, missing } = recorderFiles(target);
  if (files.length === 0) return { missing };
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const stage = newStage(`recorder-${target}`);
  const [os, cpu] = target.split('-');
  writeManifest(stage, {
    name: nameOf(target),
    ...pick(manifest, ['version', 'repository', 'bugs', 'homepage']),
    description: `Records the microphone for Lull on ${target}.`,
    license: files.some(({ isProgram }) => isProgram)
      ? 'LGPL-2.1-or-later AND Apache-2.0'
      : 'Apache-2.0',
    os: [os],
    cpu: [cpu],
    ...(os === 'linux' ? { libc: ['glibc'] } : {}),
    preferUnplugged: true,
  });
  for (const { from, to, isProgram } of files) {
    copy(from, join(stage, to));
    chmodSync(join(stage, to), isProgram ? 0o755 : 0o644);
  }
  copy('packaging/licences/Apache-2.0.txt', join(stage, 'LICENSE-Apache-2.0.txt'));
  writePapers(stage, recorderPapers(nameOf(target), files));
  return { path: pack(stage, out), missing };
}

function nameOf(target) {
  return `@lull/recorder-${target}`;
}

function newStage(name) {
  const stage = join(STAGE, name);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  return stage;
}

function pick(from, fields) {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}

function writeManifest(stage, manifest) {
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function writePapers(stage, papers) {
  for (const [name, text] of Object.entries(papers)) writeFileSync(join(stage, name), text);
}

function pack(stage, out) {
  mkdirSync(out, { recursive: true });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(out)];
  const answer = execFileSync('npm', args, {
    cwd: stage,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ filename }] = JSON.parse(answer);
  return resolve(out, filename);
}

function write(to, content) {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, content);
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}
