import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** The engine is a bundle of its own, which the CLI loads only when it is asked for. */
const engineApart = {
  name: 'engine-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\/index\.ts$/ }, () => ({ path: './engine.mjs', external: true }));
  },
};

// The CommonJS packages inside the bundles call require() for Node's own modules.
const REQUIRE = `import { createRequire as lullRequire } from 'node:module'; const require = lullRequire(import.meta.url);`;

const bundles = {
  'engine-thread.mjs': { entryPoints: ['src/engine/vosk/thread.ts'] },
  'engine.mjs': { entryPoints: ['src/engine/index.ts'] },
  'recorders/pulse.mjs': { entryPoints: ['src/host/recorders/pulse.ts'] },
  'recorders/addon.mjs': { entryPoints: ['src/host/recorders/addon.ts'] },
  // VS Code loads CommonJS and brings its own API.
  'extension.cjs': {
    entryPoints: ['src/extension/extension.ts'],
    format: 'cjs',
    external: ['vscode'],
    banner: {},
  },
  'cli.mjs': {
    entryPoints: ['src/cli/main.ts'],
    banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
    plugins: [engineApart],
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
