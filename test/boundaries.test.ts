import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

/** What `--help` reads; the rest is for those who dictate. */
const CLI_BUDGET_BYTES = 6_000;
const RUN_BUDGET_BYTES = 85_000;
const COMMANDS_BUDGET_BYTES = 280_000;
/** What every start of the editor pays for. */
const ENTRY_BUDGET_BYTES = 4_000;
const EXTENSION_BUDGET_BYTES = 270_000;

test('src/core bundles for a browser, with nothing but protocol and sound under it', async () => {
  const { metafile } = await build({
    entryPoints: ['src/core/index.ts'],
    bundle: true,
    write: false,
    outdir: 'unused',
    format: 'esm',
    platform: 'browser',
    metafile: true,
    logLevel: 'silent',
  });

  const strangers = Object.keys(metafile.inputs).filter(
    (path) => !/^src\/(core|protocol|sound)\//.test(path),
  );
  expect(strangers).toEqual([]);
});

const folder = '.cache/boundaries';
beforeAll(() => {
  execFileSync(process.execPath, ['esbuild.mjs', folder]);
});

describe('dist/cli.mjs, dist/run.mjs and dist/commands.mjs', () => {
  let cli: Metafile;
  let run: Metafile;
  let commands: Metafile;
  beforeAll(() => {
    cli = JSON.parse(readFileSync(`${folder}/meta/cli.mjs.json`, 'utf8'));
    run = JSON.parse(readFileSync(`${folder}/meta/run.mjs.json`, 'utf8'));
    commands = JSON.parse(readFileSync(`${folder}/meta/commands.mjs.json`, 'utf8'));
  });

  test('stay within their budgets', () => {
    expect(statSync(`${folder}/cli.mjs`).size).toBeLessThanOrEqual(CLI_BUDGET_BYTES);
    expect(statSync(`${folder}/run.mjs`).size).toBeLessThanOrEqual(RUN_BUDGET_BYTES);
    expect(statSync(`${folder}/commands.mjs`).size).toBeLessThanOrEqual(COMMANDS_BUDGET_BYTES);
  });

  test('hold nothing of the engine or the extension', () => {
    const strangers = [cli, run, commands].flatMap(({ inputs }) =>
      Object.keys(inputs).filter((path) => /^src\/(engine|extension)\//.test(path)),
    );
    expect(strangers).toEqual([]);
  });

  test('load each other, and the engine, only when they are asked for', () => {
    expect(kindsOf(cli, './run.mjs')).toEqual(['dynamic-import']);
    expect(kindsOf(cli, 'node:fs')).toEqual(['dynamic-import']);
    expect(kindsOf(run, './commands.mjs')).toEqual(['dynamic-import']);
    expect(kindsOf(commands, './engine.mjs')).toEqual(['dynamic-import']);
  });

  function kindsOf({ outputs }: Metafile, path: string): readonly string[] {
    const imports = Object.values(outputs).flatMap((output) => output.imports);
    return [...new Set(imports.filter((one) => one.path === path).map(({ kind }) => kind))];
  }
});

describe('dist/extension.cjs and dist/lull.cjs', () => {
  test('stay within their budgets, and hold nothing of the engine or the command line', () => {
    const { inputs }: Metafile = JSON.parse(readFileSync(`${folder}/meta/lull.cjs.json`, 'utf8'));
    expect(statSync(`${folder}/lull.cjs`).size).toBeLessThanOrEqual(EXTENSION_BUDGET_BYTES);
    expect(statSync(`${folder}/extension.cjs`).size).toBeLessThanOrEqual(ENTRY_BUDGET_BYTES);
    expect(Object.keys(inputs).filter((path) => /^src\/(engine|cli)\//.test(path))).toEqual([]);
  });
});

/** `path imports specifier`: each is written to a throwaway project and linted as if it were ours. */
const REFUSED = [
  'src/core/a.ts ws',
  'src/core/b.ts node:fs',
  'src/core/words/c.ts ../../host/index.ts',
  'src/core/c2.ts ../text/index.ts',
  'src/text/a.ts ../core/options.ts',
  'src/text/b.ts node:fs',
  'src/text/c.ts ../host/index.ts',
  'src/host/d.ts ../core/words/a.ts',
  'src/host/e.ts ../engine/index.ts',
  'src/host/f.ts commander',
  'src/engine/g.ts ../cli/main.ts',
  'src/engine/h.ts ../host/keys.ts',
  'src/cli/i.ts ../core/ports.ts',
  'src/cli/i2.ts ../text/plain-label.ts',
  'src/cli/j.ts ../engine/server.ts',
  'src/cli/k.ts ../../test/support/fake-clock.ts',
  'src/host/microphone/tables/o.ts ../recorder.ts',
  'src/host/microphone/tables/p.ts node:fs',
  'src/extension/typing/plan/q.ts vscode',
  'src/extension/typing/plan/r.ts ../document-target.ts',
  'src/extension/l.ts ../core/ports.ts',
  'src/extension/m.ts ../cli/main.ts',
  'src/extension/n.ts ../engine/server.ts',
  'src/token/s.ts node:fs',
  'src/token/t.ts ../host/index.ts',
  'src/token/u.ts ../core/ports.ts',
  'src/browser/v.ts node:fs',
  'src/browser/v2.ts ../core/audio/voice.ts',
  'src/protocol/y.ts ../core/index.ts',
  'src/sound/z.ts ../protocol/index.ts',
  'src/core/words/aa.ts ../../protocol/wire.ts',
  'src/engine/bb.ts ../protocol/wire.ts',
  'src/cli/cc.ts ../sound/pcm.ts',
  'src/browser/v3.ts ../host/index.ts',
  'src/node/w.ts ../host/keys.ts',
  'src/node/w2.ts ws',
  'src/node/w3.ts ../text/index.ts',
  'src/testing/x.ts ../core/ports.ts',
  'src/testing/x2.ts ../host/index.ts',
  'src/testing/x3.ts ../../test/support/sound/wav.ts',
];
const ALLOWED = [
  'src/core/words/l.ts ../events.ts',
  'src/core/words/l2.ts ../../protocol/index.ts',
  'src/engine/l3.ts ../protocol/index.ts',
  'src/text/a2.ts ../core/index.ts',
  'src/text/joining/b2.ts ../../core/index.ts',
  'src/text/joining/b3.ts ../clean.ts',
  'src/host/m.ts ../core/index.ts',
  'src/host/m2.ts ../text/index.ts',
  'src/host/n.ts node:fs/promises',
  'src/host/microphone/tables/o2.ts ./rung.ts',
  'src/extension/typing/plan/p2.ts ../../../core/index.ts',
  'src/engine/o.ts ../host/index.ts',
  'src/cli/commands/p.ts ../../host/index.ts',
  'src/cli/q1.ts ../text/index.ts',
  'src/cli/q.ts ../engine/index.ts',
  'src/token/q2.ts ../core/index.ts',
  'src/browser/v4.ts ../core/index.ts',
  'src/node/w4.ts ../host/index.ts',
  'src/testing/x4.ts ws',
  'src/testing/x5.ts ../core/index.ts',
];

test('the linter stops every import that would cross a wall, and no other', () => {
  const project = mkdtempSync(`${tmpdir()}/lull-walls-`);
  onTestFinished(() => rmSync(project, { recursive: true }));
  for (const file of ['biome.json', 'package.json']) copyFileSync(file, `${project}/${file}`);
  for (const probe of [...REFUSED, ...ALLOWED]) {
    const [path = '', specifier] = probe.split(' ');
    mkdirSync(`${project}/${dirname(path)}`, { recursive: true });
    writeFileSync(`${project}/${path}`, `import { x } from '${specifier}';\n\nx();\n`);
  }

  const { stdout } = spawnSync(
    process.execPath,
    [
      resolve('node_modules/@biomejs/biome/bin/biome'),
      'lint',
      '--vcs-enabled=false',
      '--max-diagnostics=none',
      '--reporter=github',
    ],
    { cwd: project, encoding: 'utf8' },
  );
  const stopped = stdout.split('\n').filter((line) => line.includes('noRestrictedImports'));

  const isStopped = (probe: string) =>
    stopped.some((line) => line.includes(`/${probe.split(' ')[0]},line`));
  expect(REFUSED.filter((probe) => !isStopped(probe))).toEqual([]);
  expect(ALLOWED.filter(isStopped)).toEqual([]);
});

test('the package cannot be published by accident', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ private: true });
});
