import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LIMIT_MS = 30_000;

/** What VS Code calls in the extension host; it rejects when a test fails. */
export async function run(): Promise<void> {
  // As an ES module, which is what every Node makes the same of.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: LIMIT_MS,
    reporter: 'min',
    grep: process.env['LULL_GREP'] ?? '',
  });
  mocha.suite.emit('pre-require', globalThis, 'lull', mocha);
  await import('./suites.ts');

  const results: { title: string; durationMs: number; error?: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => {
        results.push({ title: test.fullTitle(), durationMs: test.duration ?? 0 });
      })
      .on('fail', (test, error) => {
        const text = error.stack ?? String(error);
        results.push({ title: test.fullTitle(), durationMs: test.duration ?? 0, error: text });
      });
  });
  // The home of this VS Code is a folder of the test's own.
  writeFileSync(join(homedir(), 'results.json'), JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} failed`);
}
