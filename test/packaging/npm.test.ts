import { execFile, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { packCommandLine, packRecorder } from '../../packaging/npm.mjs';
import { writeZip, type ZipEntry } from '../engine/models/support/zip-writer.ts';
import { RUNTIMES, type Runtime } from '../support/runtimes.ts';
import { MODEL } from './support/model.ts';
import { readTar } from './support/tar-files.ts';

const OUT = '.cache/npm-packages';
const HAS_RECORDER = process.platform === 'linux' && process.arch === 'x64';
const NAME = 'vosk-model-small-dev-0.1';

let tarball: string;
beforeAll(() => {
  tarball = packCommandLine({ dist: 'dist', out: OUT });
});

describe('the package lull', () => {
  test('holds what runs and its papers, and nothing else', () => {
    const paths = readTar(tarball).map(({ path }) => path);
    const expected = [
      ...['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'],
      ...['THIRD_PARTY_NOTICES.txt', 'sbom.cdx.json', 'man/lull.1'],
      ...['bash/lull', 'zsh/_lull', 'fish/lull.fish'].map((name) => `completions/${name}`),
      ...['cli.mjs', 'run.mjs', 'commands.mjs', 'engine.mjs', 'engine-thread.mjs'].map(
        (name) => `dist/${name}`,
      ),
      ...['index', 'lull-on-node', 'node', 'browser', 'text', 'token', 'testing'].map(
        (name) => `dist/lib/${name}.mjs`,
      ),
      ...['addon', 'pulse'].map((name) => `dist/recorders/${name}.mjs`),
      ...['vosk.wasm', 'vosk.worker.js'].map((name) => `dist/vosk/dist/${name}`),
    ];
    const isType = (path: string) =>
      /^dist\/types\/(core|host|node|browser|protocol|sound|text|token|testing)\/.*\.d\.ts$/.test(
        path,
      );
    expect(paths.filter((path) => !isType(path)).toSorted()).toEqual(expected.toSorted());
    expect(paths.filter(isType)).not.toEqual([]);
  });

  test('asks npm for nothing but the recorder of its platform', () => {
    const manifest = JSON.parse(
      readTar(tarball)
        .find(({ path }) => path === 'package.json')
        ?.text() ?? '{}',
    );
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.scripts).toBeUndefined();
    expect(Object.keys(manifest.optionalDependencies)).toHaveLength(6);
  });

  test.each([
    ['publint', ['node_modules/publint/src/cli.js', 'run']],
    ['are the types wrong?', ['node_modules/@arethetypeswrong/cli/dist/index.js']],
  ])('has no complaint of %s', (name, [program = '', ...args]) => {
    // Node 20 can import it and not require() it; that is what esm-only says.
    const more = name === 'publint' ? ['--strict'] : ['--profile', 'esm-only'];
    expect(() =>
      execFileSync(process.execPath, [program, ...args, tarball, ...more]),
    ).not.toThrow();
  });

  test('cannot be packed or published out of the workshop by accident', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ private: true });
    expect(() => execFileSync('npm', ['pack', '--dry-run'], { stdio: 'pipe' })).toThrow(
      /npm run package -- --npm/,
    );
  });
});

describe.skipIf(process.platform === 'win32')('installed for the whole machine', () => {
  let prefix: string;
  beforeAll(() => {
    prefix = mkdtempSync(join(tmpdir(), 'lull-global-'));
    const args = ['install', '--global', '--offline', '--omit=optional', '--no-audit', '--no-fund'];
    execFileSync('npm', [...args, '--prefix', prefix, tarball], { stdio: 'pipe' });
  }, 120_000);
  afterAll(() => rmSync(prefix, { recursive: true }));

  test('man finds its page', () => {
    const page = readFileSync(join(prefix, 'share/man/man1/lull.1'), 'utf8');
    expect(page).toBe(readFileSync('docs/lull.1', 'utf8'));
  });

  test.each(['bash/lull', 'zsh/_lull', 'fish/lull.fish'])('%s completes it', (file) => {
    const script = readFileSync(join(prefix, 'lib/node_modules/lull/completions', file), 'utf8');
    const [shell = ''] = file.split('/');
    const printed = execFileSync(join(prefix, 'bin/lull'), ['completions', shell]);
    expect(script).toBe(String(printed));
    expect(script).toContain('no-speech');
  });
});

describe.runIf(HAS_RECORDER)('installed into an empty folder', () => {
  let folder: string;
  let mirror: { readonly url: string; readonly sha256: string; close(): void };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lull-npm-'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const recorder = packRecorder({ target: 'linux-x64', out: OUT }).path;
    const args = ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund'];
    execFileSync('npm', [...args, tarball, ...(recorder ? [recorder] : [])], {
      cwd: folder,
      stdio: 'pipe',
    });
    writeFileSync(join(folder, 'speech.wav'), firstWords(readFileSync('media/sample.wav')));
    mirror = await startMirror();
  }, 120_000);
  afterAll(() => {
    mirror.close();
    rmSync(folder, { recursive: true });
  });

  function environmentOf(runtime: Runtime) {
    const home = join(folder, `home-${runtime.name}`);
    mkdirSync(home, { recursive: true });
    return { PATH: process.env['PATH'], HOME: home, DENO_NO_UPDATE_CHECK: '1' };
  }

  /** Runs the installed program with a home of its own, and no key. */
  async function lull(runtime: Runtime, ...args: readonly string[]) {
    const program = join(folder, 'node_modules/lull/dist/cli.mjs');
    return promisify(execFile)(runtime.command, [...runtime.args, program, ...args], {
      cwd: folder,
      env: environmentOf(runtime),
    });
  }

  /**
   * What the installed recogniser hears in the first words of the sample. It is asked over its own
   * socket, because a dictation gives up on a machine that takes longer than it to load the model.
   */
  async function heardBy(runtime: Runtime): Promise<string> {
    const script = join(folder, 'engine.mjs');
    writeFileSync(
      script,
      `import { startEngine } from './node_modules/lull/dist/engine.mjs';
console.log((await startEngine()).url);`,
    );
    const child = spawn(runtime.command, [...runtime.args, script], {
      cwd: folder,
      env: environmentOf(runtime),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [url] = await once(child.stdout, 'data');
    const socket = new WebSocket(`${String(url).trim()}?sample_rate=16000&speech_model=local`, {
      headers: { Authorization: 'any' },
    });
    let heard = '';
    const isHeard = new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.type === 'Begin') {
          const pcm = readFileSync(join(folder, 'speech.wav')).subarray(44);
          for (let at = 0; at < pcm.length; at += 3_200) socket.send(pcm.subarray(at, at + 3_200));
          socket.send(JSON.stringify({ type: 'Terminate' }));
        }
        if (message.type === 'Turn') heard += ` ${message.transcript}`;
      });
    });
    await isHeard;
    return heard.toLowerCase();
  }

  test('is one program without a tree of dependencies', () => {
    expect(
      readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
    ).toEqual(['@lull', 'lull']);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const printed = execFileSync(join(folder, 'node_modules/.bin/lull'), ['--version']);
    expect(String(printed)).toBe(`${version}\n`);
  });

  test('finds its recorder, which may be run', () => {
    const recorder = join(folder, 'node_modules/@lull/recorder-linux-x64/ffmpeg');
    expect(String(execFileSync(recorder, ['-hide_banner', '-L']))).toContain('Lesser');
    const { components } = JSON.parse(
      readFileSync(join(dirname(recorder), 'sbom.cdx.json'), 'utf8'),
    );
    expect(components).toMatchObject([
      { name: 'pv_recorder.node', components: [{ name: 'miniaudio' }] },
      {
        name: 'ffmpeg',
        components: [{ name: 'FFmpeg', licenses: [{ license: { id: 'LGPL-2.1-or-later' } }] }],
      },
    ]);
  });

  for (const runtime of RUNTIMES) {
    test(`on ${runtime.name}, without a key, offers the model, fetches it and hears`, {
      // Five starts and 50 MB fetched, checked and unpacked, beside whatever else the machine does.
      timeout: 300_000,
    }, async () => {
      const refused = await lull(runtime, '--audio', join(folder, 'speech.wav')).catch(
        (error) => error,
      );
      expect(refused).toMatchObject({ code: 3 });
      expect(refused.stderr).toContain('lull engine install');

      const wish = [NAME, '--from', mirror.url, '--sha256', mirror.sha256, '--yes'];
      const installed = await lull(runtime, 'engine', 'install', ...wish);
      expect(installed.stdout).toContain(`${NAME} is installed`);

      expect(await heardBy(runtime)).toContain('my fellow');

      await lull(runtime, 'engine', 'remove', NAME);
      expect((await lull(runtime, 'engine')).stdout).toContain('lull engine install');
    });

    test(`on ${runtime.name} its library can be imported`, async () => {
      const file = join(folder, 'use.mjs');
      writeFileSync(
        file,
        `import { DictationError, decodePcm16 } from 'lull';
import { microphone, wavFile } from 'lull/node';
import { plainLabel } from 'lull/text';
import { FakeClock } from 'lull/testing';
import { tokenHandler } from 'lull/token';
let refused;
try { tokenHandler({ perMinute: 0 }); } catch (error) { refused = error instanceof DictationError; }
console.log(JSON.stringify([typeof decodePcm16, typeof wavFile, microphone().kind, plainLabel('a'), new FakeClock().now(), refused]));`,
      );
      // What npm put there is to be found, as in any project of Deno's that has a package.json.
      const args = runtime.name === 'deno' ? ['run', '-A', '--node-modules-dir=manual'] : [];
      const { stdout } = await promisify(execFile)(runtime.command, [...args, file], {
        cwd: folder,
      });
      expect(JSON.parse(stdout)).toEqual(['function', 'function', 'live', 'a', 0, true]);
    });
  }
});

/** The first four seconds of a plain WAV file: so long takes each of the runtimes. */
function firstWords(wav: Buffer): Buffer {
  const header = 44;
  const cut = Buffer.from(wav.subarray(0, header + 4 * 32_000));
  cut.writeUInt32LE(cut.length - 8, 4);
  cut.writeUInt32LE(cut.length - header, 40);
  return cut;
}

/** Serves the model of the tests as its publisher serves others. */
async function startMirror() {
  const archive = writeZip(entriesOf(MODEL));
  const server = createServer((_request, response) => response.end(archive));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sha256: createHash('sha256').update(archive).digest('hex'),
    close: () => server.close(),
  };
}

function entriesOf(folder: string): readonly ZipEntry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inside = path.slice(folder.length + 1).replaceAll('\\', '/');
      return { name: `${NAME}/${inside}`, content: readFileSync(path) };
    });
}
