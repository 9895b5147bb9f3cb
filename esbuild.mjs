import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Makes the program that starts at `entry` a bundle of its own, loaded only when it is asked for. */
const apart = (entry, path) => ({
  name: path,
  setup({ onResolve, onEnd }) {
    let isImported = false;
    onResolve({ filter: /\.ts$/, namespace: 'file' }, (args) => {
      if (args.kind === 'entry-point' || resolve(args.resolveDir, args.path) !== resolve(entry))
        return;
      isImported = true;
      return { path, external: true };
    });
    onEnd(() => {
      if (!isImported) throw new Error(`Nothing imports ${entry}, which should become ${path}`);
    });
  },
});

/** The rest of the manifest is the editor's. */
const versionOnly = {
  name: 'version',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * What commander is given of Node's modules. require() would load all of Node's own on Deno, and whole
 * modules are dear to copy on Bun. Its programs as subcommands are never used, nor what starts them.
 */
const FOR_COMMANDER = {
  'node:events': `export { EventEmitter } from 'node:events';`,
  'node:path': `export { basename, dirname, extname, resolve } from 'node:path';`,
  'node:fs': `export { existsSync, realpathSync } from 'node:fs';`,
  'node:child_process': 'export {};',
  'node:process': 'module.exports = globalThis.process;',
};
const lightCommander = {
  name: 'light commander',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ kind, path }) =>
      kind === 'require-call' ? { path, namespace: 'for-commander' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'for-commander' }, ({ path }) => {
      const contents = FOR_COMMANDER[path];
      if (contents === undefined) throw new Error(`Somebody require()s ${path} at the start`);
      return { contents };
    });
  },
};

// The CommonJS packages inside the bundles call require() for Node's own modules.
const REQUIRE = `import { createRequire as lullRequire } from 'node:module'; const require = lullRequire(import.meta.url);`;

const ENGINE = 'src/engine/index.ts';
const COMMANDS = 'src/cli/commands/perform.ts';
const RUN = 'src/cli/run.ts';
const OPEN_EXTENSION = 'src/extension/open-extension.ts';

const CORE = 'src/core/index.ts';

// The library is read by people who debug, and bundled again by those who use it.
const library = { minify: false, banner: {} };
const overCore = { ...library, plugins: [apart(CORE, './index.mjs')] };
const onNode = { ...overCore, banner: { js: REQUIRE } };

const inVSCode = { format: 'cjs', external: ['vscode'], banner: {} };

const bundles = {
  'engine-thread.mjs': { entryPoints: ['src/engine/vosk/thread.ts'] },
  'engine.mjs': { entryPoints: [ENGINE] },
  'recorders/pulse.mjs': { entryPoints: ['src/host/bundled-recorders/pulse.ts'] },
  'recorders/addon.mjs': { entryPoints: ['src/host/bundled-recorders/addon.ts'] },
  'lib/index.mjs': { ...library, platform: 'neutral', entryPoints: [CORE] },
  'lib/text.mjs': { ...overCore, platform: 'neutral', entryPoints: ['src/text/index.ts'] },
  'lib/token.mjs': { ...overCore, platform: 'neutral', entryPoints: ['src/token/index.ts'] },
  'lib/browser.mjs': { ...overCore, platform: 'browser', entryPoints: ['src/browser/index.ts'] },
  'lib/testing.mjs': { minify: false, entryPoints: ['src/testing/index.ts'] },
  'lib/node.mjs': { ...onNode, entryPoints: ['src/node/index.ts'] },
  // What `lull` is where the runtime's own sockets would not do.
  'lib/lull-on-node.mjs': { ...onNode, entryPoints: ['src/node/lull.ts'] },
  // VS Code loads CommonJS and brings its own API.
  'extension.cjs': {
    ...inVSCode,
    entryPoints: ['src/extension/extension.ts'],
    plugins: [apart(OPEN_EXTENSION, './lull.cjs')],
    // An import() of CommonJS would pass VS Code's own require() by.
    supported: { 'dynamic-import': false },
  },
  'lull.cjs': { ...inVSCode, entryPoints: [OPEN_EXTENSION] },
  'commands.mjs': { entryPoints: [COMMANDS], plugins: [apart(ENGINE, './engine.mjs')] },
  // Without what only a command needs, so that a wrong argument is answered at once.
  'run.mjs': {
    entryPoints: [RUN],
    banner: {},
    plugins: [apart(COMMANDS, './commands.mjs'), versionOnly, lightCommander],
  },
  'cli.mjs': {
    entryPoints: ['src/cli/main.ts'],
    banner: { js: '#!/usr/bin/env node' },
    plugins: [apart(RUN, './run.mjs'), versionOnly],
    define: () => ({ HELP: JSON.stringify(help()) }),
  },
};

/** As the program that was just built prints it. */
function help() {
  const { href } = pathToFileURL(resolve(folder, 'run.mjs'));
  const script = `import { run } from '${href}'; process.exitCode = await run(process);`;
  const args = ['--input-type=module', '--eval', script, 'lull', '--help'];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trimEnd();
}

const folder = process.argv[2] ?? 'dist';
for (const inside of ['recorders', 'lib']) {
  await mkdir(`${folder}/meta/${inside}`, { recursive: true });
}
for (const [name, { define, ...options }] of Object.entries(bundles)) {
  const { metafile } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    metafile: true,
    banner: { js: REQUIRE },
    logLevel: 'warning',
    outfile: `${folder}/${name}`,
    ...options,
    ...(define ? { define: define() } : {}),
  });
  await writeFile(`${folder}/meta/${name}.json`, JSON.stringify(metafile));
}

// The recogniser's own files, as its package has them: src/engine/vosk/installation.ts looks here.
await mkdir(`${folder}/vosk/dist`, { recursive: true });
for (const file of ['vosk.worker.js', 'vosk.wasm']) {
  await copyFile(
    `node_modules/@lichess-org/vosk-browser/dist/${file}`,
    `${folder}/vosk/dist/${file}`,
  );
}
