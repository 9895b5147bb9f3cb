import { type CliProcess, print } from '../cli-process.ts';
import type { EngineFlags } from '../command-line.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { withEngine } from '../load-engine.ts';

/** Says what of the local engine is there, and where an official model comes from. */
export async function engine({ modelDir }: EngineFlags, { stdout }: CliProcess): Promise<number> {
  const report = await withEngine(({ inspectEngine }) =>
    inspectEngine(modelDir === undefined ? {} : { modelDir }),
  );
  const { runtime, model, advice } = report;
  const parts = [
    { title: 'Recogniser', part: runtime },
    { title: 'Model', part: model },
  ].map(
    ({ title, part }) =>
      `${title}: ${part.name}\n  found: ${part.path ?? 'no'}\n  licence: ${part.licence}\n`,
  );
  const verdict = advice ?? `The local engine can start; other models are at ${MODELS_URL}`;
  await print(stdout, `${parts.join('')}${verdict}\n`);
  return EXIT_OK;
}

const MODELS_URL = 'https://alphacephei.com/vosk/models';
