import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/index.ts';
import { ONE_TURN } from '../runtimes/contract/scripts.ts';
import { writeTalk } from '../runtimes/talk.ts';
import { FIXTURE } from '../support/sound/recorder-fixtures.ts';

const PAGES = ['README.md', 'docs/getting-started.md', 'docs/desktop.md', 'docs/filters.md'];
/** Programs that a reader has and this machine may not, or that would do something here. */
const PROGRAMS = {
  lull: `exec "${process.execPath}" "${resolve('dist/cli.mjs')}" "$@"`,
  arecord: `exec "${process.execPath}" "${FIXTURE}" hums`,
  claude: 'test "$1" = -p && test "$2" = "Hello world."',
  git: 'test "$1" = commit && test "$3" = "Hello world."',
  xdotool: 'exit 0',
  'lights-on': 'exit 0',
};

/**
 * The lines of a page that a shell can run. What cannot run here is named before its block, unseen by
 * readers: `<!-- not run: why -->`, or `<!-- not run (how a line begins): why -->` for that line alone.
 */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/((?:<!--[^>]*-->\s*)*)```sh\n([\s\S]*?)```/g)].flatMap(
    ([, comments = '', block = '']) => {
      if (/<!-- not run: \S/.test(comments)) return [];
      const left = [...comments.matchAll(/<!-- not run \(([^)]+)\): \S/g)].map(([, line]) => line);
      const lines = block.split('\n').filter((line) => /^[^#\s]/.test(line));
      const unknown = left.filter((start) => !lines.some((line) => line.startsWith(start ?? '')));
      expect(unknown, 'lines that are excused and not there').toEqual([]);
      const run = lines.filter((line) => !left.some((start) => line.startsWith(start ?? '')));
      return run.map((line) => line.replace(/\s{2,}#.*/, ''));
    },
  );
}

let folder: string;
let server: ScriptedServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lull-commands-'));
  server = await startScriptedServer(ONE_TURN);
  mkdirSync(join(folder, 'bin'));
  for (const [name, script] of Object.entries(PROGRAMS)) {
    const path = join(folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  mkdirSync(join(folder, 'config'), { mode: 0o700 });
  writeFileSync(
    join(folder, 'config/config.toml'),
    `endpoint = "${server.url}"\nsilence = 1\nno-speech = 2\n`,
    { mode: 0o600 },
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

// Several pages begin with the same ones.
const commands = new Map(
  PAGES.toReversed().flatMap((page) => commandsOf(page).map((line) => [line, page])),
);

test.concurrent.for([...commands].map(([line, page]) => ({ line, page })))(
  '$page: $line',
  async ({ line }, { expect: expectHere }) => {
    expectHere(await run(line)).toEqual({ code: 0, stderr: expectHere.any(String) });
  },
);

test('the config.toml that docs/desktop.md shows is taken as it stands', async () => {
  const [, toml = ''] =
    /```toml\n([\s\S]*?)```/.exec(readFileSync('docs/desktop.md', 'utf8')) ?? [];
  const config = join(folder, 'shown');
  mkdirSync(config, { mode: 0o700 });
  writeFileSync(join(config, 'config.toml'), toml, { mode: 0o600 });
  expect(await run(`LULL_CONFIG_DIR='${config}' lull config`)).toEqual({ code: 0, stderr: '' });
});

/** Runs one line as a shell does, in a folder of its own with a talk in it. */
function run(line: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const cwd = mkdtempSync(join(folder, 'line-'));
  writeFileSync(join(cwd, 'talk.wav'), readFileSync(writeTalk(folder, 2).path));
  // The shell outlives what ends the server, and tells how that ended.
  const child = spawn('sh', ['-c', `trap : TERM; ${line}`], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`, HOME: cwd },
      ...{ LULL_CONFIG_DIR: join(folder, 'config'), XDG_RUNTIME_DIR: cwd, DISPLAY: ':none' },
      LULL_RECORDER: `"${process.execPath}" "${FIXTURE}" hums`,
    },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child.stdout.on('data', () => {
    // A server serves until it is ended.
    if (line.startsWith('lull serve')) process.kill(-(child.pid ?? 0), 'SIGTERM');
  });
  return new Promise((done) => child.on('close', (code) => done({ code, stderr })));
}
