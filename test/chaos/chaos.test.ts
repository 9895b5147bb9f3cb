import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BundledDriver, bundleDriver } from '../support/bundled-driver.ts';

const run = promisify(execFile);
/** The same in every run of the tests, so that a failure is one of the change and not of the day. */
const FIRST_SEED = '1';

describe.concurrent('dictations through a broken network', () => {
  let driver: BundledDriver;
  beforeAll(async () => {
    driver = await bundleDriver('test/chaos/chaos.ts');
  });
  afterAll(() => driver.remove());

  /** In a process of its own, which has to end by itself: nothing may be left that keeps it. */
  async function chaos(...args: readonly string[]): Promise<string> {
    const [command, all] = [process.execPath, [driver.path, '--seed', FIRST_SEED, ...args]];
    const { stdout } = await run(command, all).catch((failure: { readonly stdout?: string }) => ({
      stdout: failure.stdout ?? String(failure),
    }));
    return stdout;
  }

  test('lose no word, tell none twice and leave nothing behind, five hundred times', async () => {
    const stdout = await chaos('--runs', '500');
    expect(stdout).toMatch(/^500 dictations .*\n0 broke a promise; .*\n$/);
    // Most of it can be survived, and is; a dictation that gives up promises little.
    expect(Number(/(\d+) error/.exec(stdout)?.[1] ?? 0)).toBeLessThan(50);
  }, 180_000);

  // Where time is real, a busy machine is one more broken network.
  test('do so in real time as well', async () => {
    const stdout = await chaos('--runs', '8', '--time', 'real');
    expect(stdout).toMatch(/^8 dictations .*\n0 broke a promise; .*\n$/);
  }, 90_000);

  test('are played again, exactly, from their seed', async () => {
    const [once, again] = [await chaos('--seed', '10'), await chaos('--seed', '10')];
    expect(withoutNames(again)).toBe(withoutNames(once));
    expect(once).toContain('reconnecting');
  });
});

/** Session ids and ports are drawn by the system. */
function withoutNames(story: string): string {
  return story
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|127\.0\.0\.1:\d+/g, '')
    .replace(/; [\d.]+ s\n/, '');
}
