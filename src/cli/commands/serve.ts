import { announceServer, prepareServeSecret, serveSecretFile } from '../../host/index.ts';
import { type CliProcess, print } from '../cli-process.ts';
import type { ServeFlags } from '../command-line.ts';
import { watchInterrupts } from '../control/interrupts.ts';
import { EXIT_INTERRUPTED, EXIT_OK } from '../exit-codes.ts';
import { withEngine } from '../load-engine.ts';

/** Runs the local engine until a signal ends it; who is dictating then still gets the last words. */
export async function serve(flags: ServeFlags, process: CliProcess): Promise<number> {
  const { env, stdout, stderr } = process;
  const stopped = new Promise<void>((resolve) => {
    watchInterrupts({
      signals: process,
      onStop: resolve,
      onAbort: () => process.exit(EXIT_INTERRUPTED),
    });
  });
  const secret = await prepareServeSecret(env);
  const engine = await withEngine(({ startEngine }) => startEngine({ ...flags, secret }));
  try {
    const announcement = await announceServer(engine, env);
    await print(stdout, `listening on ${engine.url}\n`);
    // Never the key itself: what is printed ends up in logs.
    await print(
      stderr,
      `Dictate with it:   lull --endpoint ${engine.url}\n` +
        `Other programs:    their API key is what ${serveSecretFile(env)} holds\n`,
    );
    await stopped;
    await announcement.withdraw();
    await engine.drain();
  } finally {
    await engine.close();
  }
  return EXIT_OK;
}
