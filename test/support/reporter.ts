import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends the run with `N passed, N failed` alone on a line, which is what `.ci/run` is read by. A
 * file that could not be loaded counts as one failure. Under CI a skipped test fails the run: a
 * machine that lacks what a test needs must not look green. Nor must a run whose check failed, whose
 * messages are far above by then.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
    }
    const hasCheckFailed = process.env['LULL_CHECK'] === 'failed';
    const failed = count.failed + unhandledErrors.length + (hasCheckFailed ? 1 : 0);
    const skipped = count.skipped + count.pending;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    if (skipped > 0 && process.env['CI'] === 'true') process.exitCode = 1;
    // Printed on exit, after the default reporter's own summary, so that it is the last line.
    process.once('exit', () => {
      if (hasCheckFailed) console.log('npm run check failed: its messages are at the top');
      console.log(`${count.passed} passed, ${failed} failed${tail}`);
    });
  }
}
