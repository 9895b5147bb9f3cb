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
    model: {
      name: modelDir === undefined ? MODEL_PACKAGE : 'a model of your own',
      ...(found.modelDir === undefined ? {} : { path: found.modelDir }),
      licence:
        modelDir === undefined
          ? 'not documented in its package, so Lull does not redistribute it; the official Vosk models are Apache-2.0'
          : 'as its own documents say',
    },
    ...(advice === undefined ? {} : { advice }),
  };
}
