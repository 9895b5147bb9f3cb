import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectEngine, startEngine } from '../../../src/engine/index.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lull-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a folder without a model is refused at once, with where to get one', async () => {
  const modelDir = emptyFolder();
  await expect(startEngine({ modelDir })).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: expect.stringMatching(/no Vosk model in .*https:\/\/alphacephei\.com\/vosk\/models/),
  });
});

test('a report says what is there, what is missing and under which licence', async () => {
  const modelDir = emptyFolder();
  const [complete, incomplete] = [await inspectEngine(), await inspectEngine({ modelDir })];

  expect(complete.advice).toBeUndefined();
  expect(complete.model.path).toMatch(/model-android$/);
  expect(complete.model.licence).toContain('does not redistribute');
  expect(incomplete.runtime.path).toMatch(/vosk-browser$/);
  expect(incomplete.model).not.toHaveProperty('path');
  expect(incomplete.advice).toContain('--model-dir');
});
