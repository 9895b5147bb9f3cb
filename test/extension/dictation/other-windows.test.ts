import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { OtherWindows } from '../../../src/extension/dictation/other-windows.ts';

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'lull-windows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { windows: new OtherWindows(folder), dictating: join(folder, 'dictating') };
}

test('a window that dictates alone is told so, also when it dictates again', async () => {
  const { windows } = setup();
  expect(await windows.enter()).toBe('alone');
  await windows.leave();
  expect(await windows.enter()).toBe('alone');
});

test('a window sees the dictation of another, and forgets one that crashed', async () => {
  const { windows, dictating } = setup();
  await windows.enter();
  writeFileSync(join(dictating, String(process.ppid)), '');
  // No process has this number: it is above the largest that Linux gives.
  writeFileSync(join(dictating, '4194999'), '');
  expect(await windows.enter()).toBe('not-alone');
  expect(readdirSync(dictating)).not.toContain('4194999');
});
