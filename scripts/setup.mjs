import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

const OLDEST_NODE = 20;

/**
 * Brings a fresh clone to where it can run: packages as the lock file has them, bundles as new as
 * their sources. Nothing happens where that is already so. Ends the process when it cannot be done.
 */
export function setup() {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    fail(
      `Lull needs Node ${OLDEST_NODE} or newer and this is ${process.version}; see https://nodejs.org`,
    );
  }
  if (!isInstalled()) {
    console.error('Setting up once: fetching the packages from npm, which takes a minute or so');
    const code = npm('ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund');
    if (code !== 0) fail('npm could not fetch the packages; its own message is above');
  }
  if (!isBuilt()) {
    const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
    if (status !== 0) fail('The build failed; the message is above');
  }
}

/** True when every package of the lock file is there in that version; npm keeps its own account. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    // Binaries of other platforms are optional and rightly absent. The project itself is ''.
    ([path, { version, optional }]) =>
      path === '' || optional || present[path]?.version === version,
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  } catch {
    // Absent or cut short by an interrupted install: either way nothing can be relied on.
    return {};
  }
}

function isBuilt() {
  const built = modifiedMs('dist/meta/cli.mjs.json');
  return ['src', 'esbuild.mjs', 'package.json', 'package-lock.json'].every(
    (path) => newestMs(path) < built,
  );
}

/** Folders count too: their time changes when a file is removed. */
function newestMs(path) {
  if (!statSync(path).isDirectory()) return modifiedMs(path);
  const inside = readdirSync(path, { recursive: true }).map((name) =>
    modifiedMs(`${path}/${name}`),
  );
  return Math.max(modifiedMs(path), ...inside);
}

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
