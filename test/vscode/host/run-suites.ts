import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LIMIT_MS = 90_000;

/** Runs the suites that `load` defines and leaves the results where the runner looks for them. */
export async function runSuites(load: () => Promise<unknown>): Promise<void> {
  // As an ES module, which is what every Node makes the same of.
  const { default: Mocha } = await import('mocha');
  const grep = new RegExp(process.env['LULL_GREP'] ?? '');
  const mocha = new Mocha({ ui: 'bdd', timeout: LIMIT_MS, reporter: 'min', grep });
  mocha.suite.emit('pre-require', globalThis, 'lull', mocha);
  await load();

  const results: { title: string; durationMs: number; error?: string }[] = [];
  const file = process.env['LULL_RESULTS'] ?? join(homedir(), 'results.json');
  // After each, so that whoever waits in vain can read how far they came.
  const note = (result: (typeof results)[number]) => {
    results.push(result);
    writeFileSync(file, JSON.stringify(results));
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => {
        note({ title: test.fullTitle(), durationMs: test.duration ?? 0 });
      })
      .on('fail', (test, error) => {
        const text = error.stack ?? String(error);
        note({ title: test.fullTitle(), durationMs: test.duration ?? 0, error: text });
      });
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
