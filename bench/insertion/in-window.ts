import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleSuites } from '../../test/vscode/support/bundle-suites.mjs';
import { type EditorOptions, startEditor } from '../../test/vscode/support/editor-server.ts';

/** Without a GPU every pixel is painted by the cores that are measured; a small window has few. */
const WINDOW = '--window-size=500,375';
const LIMIT_MS = 240_000;

export interface Timed {
  readonly vscode: string;
  readonly phrasesAtMs: readonly number[];
  readonly edits: readonly number[];
}

/**
 * Measures in a browser of its own that nobody drives: a driver is sent every frame of the network,
 * and reads them on the same cores.
 */
export async function timeInWindow(options: EditorOptions): Promise<Timed> {
  const bundle = await bundleSuites('bench/insertion/host.ts');
  const editor = await startEditor({ ...options, drivenBy: 'tests' });
  const address = editor.address([
    ['extensionDevelopmentPath', editor.remote(process.cwd())],
    ['extensionTestsPath', editor.remote(bundle)],
    ['skipWelcome', 'true'],
  ]);
  const browser = spawn(
    '/usr/bin/chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...[`--user-data-dir=${join(editor.scratch, 'browser')}`, WINDOW, address],
    ],
    { stdio: 'ignore' },
  );
  try {
    const signal = AbortSignal.timeout(LIMIT_MS);
    for await (const { eventType, filename } of watch(editor.scratch, { signal })) {
      // Its creation is told first, as a `rename`.
      if (eventType === 'change' && filename === 'results.json') break;
    }
    const left = (name: string) => readFile(join(editor.scratch, name), 'utf8').then(JSON.parse);
    for (const { error } of await left('results.json')) if (error) throw new Error(error);
    return { vscode: editor.vscode, ...(await left('times.json')) };
  } finally {
    browser.kill('SIGTERM');
    await once(browser, 'exit');
    await editor.close();
  }
}
