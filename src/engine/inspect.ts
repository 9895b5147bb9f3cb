import { basename } from 'node:path';
import { DEFAULT_MODEL, listedModels } from './models/catalogue.ts';
import { installedModels } from './models/installed-models.ts';
import {
  adviceFor,
  findInstallation,
  MODEL_PACKAGE,
  RUNTIME_PACKAGE,
} from './vosk/installation.ts';

/** One of the two things the local engine is made of. */
export interface EnginePart {
  readonly name: string;
  /** The folder it was found in; absent when it is missing. */
  readonly path?: string;
  readonly licence: string;
}

export interface EngineReport {
  readonly runtime: EnginePart;
  readonly model: EnginePart;
  /** A sentence on what is missing and where to get it; absent when the engine can start. */
  readonly advice?: string;
}

/** What the local engine would run with. Loads nothing and starts nothing. */
export async function inspectEngine(
  options: { readonly modelDir?: string } = {},
): Promise<EngineReport> {
  const { modelDir } = options;
  const found = await findInstallation(modelDir);
  const advice = adviceFor(found, modelDir);
  return {
    runtime: {
      name: RUNTIME_PACKAGE,
      ...(found.runtimeDir === undefined ? {} : { path: found.runtimeDir }),
      licence: 'Apache-2.0',
    },
    model: await describeModel(found.modelDir),
    ...(advice === undefined ? {} : { advice }),
  };
}

async function describeModel(path: string | undefined): Promise<EnginePart> {
  if (path === undefined) return { name: DEFAULT_MODEL, licence: licenceOf(DEFAULT_MODEL) };
  if (path.includes(MODEL_PACKAGE)) {
    const licence = 'not documented in its package, so Lull does not redistribute it';
    return { name: MODEL_PACKAGE, path, licence };
  }
  // A folder of somebody's own may have any name; only what was fetched is what its name says.
  const installed = (await installedModels()).some((model) => model.path === path);
  const name = basename(path);
  return { name, path, licence: licenceOf(installed ? name : '') };
}

function licenceOf(name: string): string {
  const listed = listedModels().find((model) => model.name === name);
  return listed?.licence ?? 'as its own documents say';
}
