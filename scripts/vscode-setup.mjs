import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * VS Code as npm has it: code-server, whose server and workbench are those of VS Code. Each runs on
 * the Node it was made for. Natives are the parts that have to be compiled: without the watchdog an
 * extension host outlives its server, and VS Code 1.90 does not start without the other two.
 */
const RELEASES = {
  newest: {
    vscode: '1.139.1',
    codeServer: '4.139.1',
    node: '24.21.0',
    natives: ['@vscode/spdlog', '@vscode/native-watchdog'],
    flags: [],
  },
  oldest: {
    vscode: '1.90.2',
    codeServer: '4.90.3',
    node: '20.20.2',
    natives: ['@vscode/spdlog', 'native-watchdog', '@parcel/watcher'],
    flags: ['--legacy-peer-deps'],
  },
};

const CACHE = '.cache/vscode';
const NPM = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'];

/**
 * Installs a release of VS Code outside git, once. `node` and `server` are what runs it.
 * @param {'newest' | 'oldest'} name
 * @param {string} [cache]
 */
export async function setUpVSCode(name, cache = CACHE) {
  const { vscode, codeServer, node, natives, flags } = RELEASES[name];
  const folder = resolve(cache, codeServer);
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const runtime = `${folder}/node_modules/${nodePackage}`;
  const app = `${folder}/node_modules/code-server/lib/vscode`;
  const editor = {
    vscode,
    node: `${runtime}/bin/node`,
    server: `${app}/out/server-main.js`,
  };
  if (existsSync(`${folder}/ready`)) return editor;

  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, '{ "private": true }\n');
  const packages = [`code-server@${codeServer}`, `${nodePackage}@${node}`];
  await npm(['install', ...packages, ...NPM, ...flags], { cwd: folder });
  for (const part of [app, `${app}/extensions`]) {
    await npm(['install', '--omit=dev', ...NPM, ...flags], { cwd: part });
  }
  await npm(['rebuild', ...natives, ...flags], {
    cwd: app,
    // The headers to compile against come with the Node from npm.
    env: {
      ...process.env,
      PATH: `${runtime}/bin${delimiter}${process.env.PATH}`,
      npm_config_nodedir: runtime,
    },
  });
  await writeFile(`${folder}/ready.part`, '');
  await rename(`${folder}/ready.part`, `${folder}/ready`);
  return editor;
}

async function npm(args, { cwd, env = process.env }) {
  const child = spawn('npm', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`npm ${args[0]} failed in ${cwd}:\n${output.slice(-2_000)}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of Object.keys(RELEASES)) {
    const startedAtMs = performance.now();
    const { vscode } = await setUpVSCode(name, process.argv[2]);
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(0);
    console.log(`VS Code ${vscode} is ready after ${seconds} s`);
  }
}
