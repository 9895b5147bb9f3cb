import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUpVSCode } from '../../../scripts/vscode-setup.mjs';

export type Release = 'newest' | 'oldest';

export interface EditorOptions {
  readonly release: Release;
  /** What the extension host finds in its environment, beside the necessary. */
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packed extensions to install first. */
  readonly extensions?: readonly string[];
  readonly trust?: 'everything' | 'asked-for';
  /** `tests` lets the browser hand in a bundle of tests; it silences notifications. */
  readonly drivenBy?: 'a-person' | 'tests';
}

/** A real VS Code, its workbench served to a browser. */
export interface EditorServer {
  readonly vscode: string;
  /** The workspace that is opened. */
  readonly workspace: string;
  /** Where VS Code keeps its logs and settings. */
  readonly data: string;
  /** A folder that goes with the server. */
  readonly scratch: string;
  readonly pid: number;
  /** Where the workbench is; `payload` is what VS Code takes in place of command-line switches. */
  address(payload?: readonly (readonly [string, string])[]): string;
  /** The address of a file or folder of this machine, as the payload wants it. */
  remote(path: string): string;
  output(): string;
  close(): Promise<void>;
}

/** Quiet: nothing asks, nothing is fetched, nothing is shown that is not asked for. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};
const START_LIMIT_MS = 60_000;

export async function startEditor(options: EditorOptions): Promise<EditorServer> {
  const editor = await setUpVSCode(options.release);
  const folder = await mkdtemp(join(tmpdir(), 'lull-vscode-'));
  const [data, workspace, scratch] = ['data', 'workspace', 'scratch'].map((n) => join(folder, n));
  if (!data || !workspace || !scratch) throw new Error('unreachable');
  await Promise.all([workspace, scratch].map((path) => mkdir(path, { recursive: true })));
  await mkdir(join(data, 'data', 'User'), { recursive: true });
  await writeFile(
    join(data, 'data', 'User', 'settings.json'),
    JSON.stringify({
      ...SETTINGS,
      'security.workspace.trust.enabled': options.trust === 'asked-for',
      ...options.settings,
    }),
  );
  const env = { PATH: process.env['PATH'] ?? '', HOME: scratch, ...options.env };
  const common = ['--accept-server-license-terms', '--server-data-dir', data];
  for (const extension of options.extensions ?? []) {
    const install = spawn(
      editor.node,
      [editor.server, ...common, '--install-extension', extension, '--force'],
      { env, stdio: 'ignore' },
    );
    const [code] = await once(install, 'exit');
    if (code !== 0) throw new Error(`${extension} could not be installed`);
  }

  const child = spawn(
    editor.node,
    [
      ...[editor.server, ...common, '--host', '127.0.0.1', '--port', '0'],
      ...['--without-connection-token', '--reconnection-grace-time', '5'],
      ...(options.drivenBy === 'tests' ? ['--enable-smoke-test-driver'] : []),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`VS Code did not start:\n${output}`)),
      START_LIMIT_MS,
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const bound = /Extension host agent listening on (\d+)/.exec(output)?.[1];
        if (bound === undefined) return;
        clearTimeout(limit);
        resolve(bound);
      });
    }
    child.once('exit', (code) => reject(new Error(`VS Code ended with ${code}:\n${output}`)));
  });

  const origin = `127.0.0.1:${port}`;
  return {
    vscode: editor.vscode,
    workspace,
    data: join(data, 'data'),
    scratch,
    pid: child.pid ?? 0,
    address(payload = []) {
      const url = new URL(`http://${origin}/`);
      url.searchParams.set('folder', workspace);
      if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
      return url.toString();
    },
    remote: (path) => `vscode-remote://${origin}${path}`,
    output: () => output,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        const limit = setTimeout(() => child.kill('SIGKILL'), 5_000);
        await exited;
        clearTimeout(limit);
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
