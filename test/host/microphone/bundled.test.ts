import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { programsFolder } from '../../../src/host/microphone/bundled.ts';

/** An installation with the given files. */
function installation(...files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'lull-bundled-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of files) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
  return root;
}

test('in an extension for every platform each finds its own recorder', () => {
  const root = installation('recorders/linux-x64/ffmpeg', 'recorders/win32-x64/ffmpeg.exe');
  const scripts = join(root, 'recorders');
  expect(programsFolder(scripts, 'win32-x64')).toBe(join(scripts, 'win32-x64'));
});

test('the command line from npm finds the recorder that npm chose for the platform', () => {
  const root = installation(
    'node_modules/lull/dist/recorders/pulse.mjs',
    'node_modules/@lull/recorder-linux-x64/package.json',
  );
  expect(programsFolder(join(root, 'node_modules/lull/dist/recorders'), 'linux-x64')).toBe(
    join(root, 'node_modules/@lull/recorder-linux-x64'),
  );
});

test('where there is no recorder for the platform the ladder goes on without it', () => {
  const scripts = installation('pulse.mjs');
  expect(programsFolder(scripts, 'freebsd-x64')).toBe(join(scripts, 'freebsd-x64'));
});
