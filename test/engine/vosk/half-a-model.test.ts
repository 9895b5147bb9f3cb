import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadModel } from '../../../src/engine/vosk/model.ts';
import { MODEL } from '../../packaging/support/model.ts';

test.each(['am/final.mdl', 'conf/model.conf'])(
  'a model of which %s came by half is refused, with how to get it whole',
  async (file) => {
    const modelDir = join(mkdtempSync(join(tmpdir(), 'lull-half-')), 'model');
    onTestFinished(() => rmSync(modelDir, { recursive: true }));
    cpSync(MODEL, modelDir, { recursive: true });
    if (file.endsWith('.conf')) rmSync(join(modelDir, file));
    else truncateSync(join(modelDir, file), 100_000);

    const runtimeDir = 'node_modules/@lichess-org/vosk-browser';
    await expect(loadModel({ runtimeDir, modelDir })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: `The speech model in ${modelDir} could not be loaded; half of it may be missing. Delete that folder and fetch one anew with: lull engine install`,
    });
  },
);
