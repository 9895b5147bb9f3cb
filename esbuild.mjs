import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** Makes what `filter` finds a bundle of its own, which is loaded only when it is asked for. */
const apart = (filter, path) => ({
  name: path,
  setup({ onResolve }) {
    onResolve({ filter }, () => ({ path, external: true }));
  },
});

// The CommonJS packages inside the bundles call require() for Node's own modules.
const REQUIRE = `import { createRequire as lullRequire } from 'node:module'; const require = lullRequire(import.meta.url);`;

const inVSCode = { format: 'cjs', external: ['vscode'], banner: {} };

const bundles = {
  'engine-thread.mjs': { entryPoints: ['src/engine/vosk/thread.ts'] },
  'engine.mjs': { entryPoints: ['src/engine/index.ts'] },
  'recorders/pulse.mjs': { entryPoints: ['src/host/bundled-recorders/pulse.ts'] },
  'recorders/addon.mjs': { entryPoints: ['src/host/bundled-recorders/addon.ts'] },
  // VS Code loads CommonJS and brings its own API.
  'extension.cjs': {
    ...inVSCode,
    entryPoints: ['src/extension/extension.ts'],
    plugins: [apart(/\/lull\.ts$/, './lull.cjs')],
    // An import() of CommonJS would pass VS Code's own require() by.
    supported: { 'dynamic-import': false },
  },
  'lull.cjs': { ...inVSCode, entryPoints: ['src/extension/open-extension.ts'] },
  'cli.mjs': {
    entryPoints: ['src/cli/main.ts'],
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    plugins: [apart(/\/engine\/index\.ts$/, './engine.mjs')],
  },
};

const folder = process.argv[2] ?? 'dist';
await mkdir(`${folder}/meta/recorders`, { recursive: true });
for (const [name, options] of Object.entries(bundles)) {
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
  });
  await writeFile(`${folder}/meta/${name}.json`, JSON.stringify(metafile));
}
