import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../../support/browser.ts';
import { bundleSuites } from './bundle-suites.mjs';
import { type EditorOptions, startEditor } from './editor-server.ts';

/** What became of one test in the extension host. */
export interface HostResult {
  readonly title: string;
  readonly durationMs: number;
  /** The error's stack, where it failed. */
  readonly error?: string;
}

export interface HostRun {
  readonly vscode: string;
  readonly results: readonly HostResult[];
  /** What the tests printed. */
  readonly printed: readonly string[];
}

/** For whoever works on one test: a pattern for its title, in LULL_GREP. */
const GREP = process.env['LULL_GREP'];
/** What a busy machine needs for all of it; a test that hangs has a limit of its own. */
const LIMIT_MS = 600_000;

/** Made once, because editors that start at the same time read the same file. */
const bundles = new Map<string | undefined, Promise<string>>();

function bundleOnce(entry?: string): Promise<string> {
  const bundle = bundles.get(entry) ?? bundleSuites(entry);
  bundles.set(entry, bundle);
  return bundle;
}

/** Runs a bundle of tests inside the extension host of a real VS Code, beside the extension. */
export async function runInHost(
  options: EditorOptions & { readonly entry?: string; readonly titles?: string },
): Promise<HostRun> {
  const bundle = await bundleOnce(options.entry);
  const editor = await startEditor({
    ...options,
    drivenBy: 'tests',
    env: { ...options.env, LULL_GREP: GREP ?? options.titles ?? '' },
  });
  const browser = await openBrowser();
  const printed: string[] = [];
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const exited = new Promise<void>((resolve, reject) => {
      const limit = setTimeout(
        () =>
          reject(new Error(`The tests did not end:\n${printed.join('\n')}\n${editor.output()}`)),
        LIMIT_MS,
      );
      void page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
        printed.push(args.map(String).join(' '));
      });
      void page.exposeFunction('codeAutomationExit', () => {
        clearTimeout(limit);
        resolve();
      });
    });
    await page.goto(
      editor.address([
        ['extensionDevelopmentPath', editor.remote(process.cwd())],
        ['extensionTestsPath', editor.remote(bundle)],
        ['skipWelcome', 'true'],
      ]),
      { timeout: LIMIT_MS },
    );
    await exited;
    const results = await readFile(join(editor.scratch, 'results.json'), 'utf8').catch((cause) => {
      throw new Error(`The tests left no results:\n${printed.join('\n')}`, { cause });
    });
    return { vscode: editor.vscode, results: JSON.parse(results), printed };
  } finally {
    await browser.close();
    await editor.close();
  }
}
