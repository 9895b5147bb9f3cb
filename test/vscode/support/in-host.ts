import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LACKS_BROWSER, openBrowser } from '../../support/browser.ts';
import { bundleSuites } from './bundle-suites.mjs';
import { type Release, startEditor } from './editor-server.ts';

interface HostOptions {
  readonly release: Release;
  /** A pattern for the titles of the tests that are wanted. */
  readonly titles?: string;
}

/** What became of one test in the extension host. */
interface HostResult {
  readonly title: string;
  readonly durationMs: number;
  /** The error's stack, where it failed. */
  readonly error?: string;
}

interface HostRun {
  readonly vscode: string;
  readonly results: readonly HostResult[];
}

/** For whoever works on one test: a pattern for its title, in LULL_GREP. */
const GREP = process.env['LULL_GREP'];
/** What a busy machine needs for all of it; a test that hangs has a limit of its own. */
const LIMIT_MS = 600_000;

/**
 * Makes the tests of the extension host those of the file that calls it. They run before Vitest asks
 * which there are; each is one here too.
 */
export async function describeInHost(options: HostOptions): Promise<void> {
  test.skipIf(LACKS_BROWSER)('there is a VS Code to test in', () => {
    expect(LACKS_BROWSER).toBe(false);
  });
  if (LACKS_BROWSER) return;
  const { vscode, results } = await runInHost(options);

  describe(`in the extension host of VS Code ${vscode}`, () => {
    test('runs its tests', () => expect(results.length).toBeGreaterThan(0));

    for (const { title, error } of results) {
      test(title, () => expect(error).toBeUndefined());
    }
  });
}

/** Runs a bundle of tests inside the extension host of a real VS Code, beside the extension. */
async function runInHost(options: HostOptions): Promise<HostRun> {
  const bundle = await bundleSuites();
  const editor = await startEditor({
    release: options.release,
    drivenBy: 'tests',
    env: { LULL_GREP: GREP ?? options.titles ?? '' },
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
    return { vscode: editor.vscode, results: JSON.parse(results) };
  } finally {
    await browser.close();
    await editor.close();
  }
}
