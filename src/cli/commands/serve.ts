import { type CliProcess, print } from '../cli-process.ts';
import type { ServeFlags } from '../command-line.ts';
import { EXIT_INTERRUPTED, EXIT_OK } from '../exit-codes.ts';
import { watchInterrupts } from '../interrupts.ts';
import { withEngine } from '../load-engine.ts';

/** Runs the local engine until a signal ends it. */
export async function serve(flags: ServeFlags, process: CliProcess): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    watchInterrupts({
      signals: process,
      onStop: resolve,
      onAbort: () => process.exit(EXIT_INTERRUPTED),
    });
  });
  const engine = await withEngine(({ startEngine }) => startEngine(flags));
  await print(process.stdout, `listening on ${engine.url}\n`);
  await stopped;
  await engine.close();
  return EXIT_OK;
}
