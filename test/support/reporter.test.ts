import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

// Each run of Vitest is a whole program's start, and a busy machine takes seconds for one.
vi.setConfig({ testTimeout: 60_000 });

const PASSES = `test('passes', () => {});`;
const FAILS = `test('fails', () => { throw new Error('on purpose'); });`;
const SKIPS = `test.skip('is skipped', () => {});`;

interface Run {
  readonly source: string;
  /** The variable CI. */
  readonly ci?: string;
  /** How `npm run check` ended before. */
  readonly check?: 'passed' | 'failed';
}

/** Runs Vitest with our reporter on one file, as a person would. */
function run({ source, ci = '', check = 'passed' }: Run) {
  mkdirSync('.cache', { recursive: true });
  // Inside the project, because the file has to find Vitest.
  const root = resolve(mkdtempSync('.cache/reporter-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  // An own configuration, or Vitest would find the project's.
  writeFileSync(`${root}/vitest.config.mjs`, 'export default {};\n');
  writeFileSync(`${root}/one.test.mjs`, `import { test } from 'vitest';\n${source}\n`);

  const { stdout, status } = spawnSync(
    process.execPath,
    [
      resolve('node_modules/vitest/vitest.mjs'),
      'run',
      `--root=${root}`,
      '--reporter=default',
      `--reporter=${resolve('test/support/reporter.ts')}`,
    ],
    { encoding: 'utf8', env: { ...process.env, CI: ci, LULL_CHECK: check } },
  );
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

test('ends with the totals alone on the last line', () => {
  expect(run({ source: PASSES })).toEqual({ status: 0, lastLine: '1 passed, 0 failed' });
  expect(run({ source: `${PASSES}${FAILS}` })).toEqual({
    status: 1,
    lastLine: '1 passed, 1 failed',
  });
});

test('counts a file that cannot be loaded as a failure', () => {
  expect(run({ source: `throw new Error('on purpose');` })).toEqual({
    status: 1,
    lastLine: '0 passed, 1 failed',
  });
});

test('fails a run that skips a test in CI, and only there', () => {
  const source = `${PASSES}${SKIPS}`;
  expect(run({ source })).toEqual({ status: 0, lastLine: '1 passed, 0 failed, 1 skipped' });
  expect(run({ source, ci: 'true' })).toEqual({
    status: 1,
    lastLine: '1 passed, 0 failed, 1 skipped',
  });
});

test('counts a check that failed before as a failure', () => {
  expect(run({ source: PASSES, check: 'failed' }).lastLine).toBe('1 passed, 1 failed');
});
