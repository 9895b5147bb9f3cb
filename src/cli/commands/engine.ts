import { type CliProcess, print } from '../cli-process.ts';
import type { EngineFlags } from '../command-line.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { withEngine } from '../load-engine.ts';

/** Says what of the local engine is there, and where an official model comes from. */
export async function engine(flags: EngineFlags, { stdout }: CliProcess): Promise<number> {
  const report = await withEngine(({ inspectEngine }) => inspectEngine(flags));
  await print(stdout, `${JSON.stringify(report, null, 2)}\n`);
  return EXIT_OK;
}
