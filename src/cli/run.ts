import manifest from '../../package.json' with { type: 'json' };
import { cleanText } from '../core/index.ts';
import {
  type CliProcess,
  outliveReaders,
  print,
  printAtOnce,
  requireRuntime,
} from './cli-process.ts';
import { config } from './commands/config.ts';
import { asFailure, EXIT_OK, exitCodeFor } from './exit-codes.ts';
import { readLayers } from './layers.ts';
import { type Invocation, parseArguments } from './parse-arguments.ts';

/** Runs one command line; gives the exit code. Never rejects. */
export async function run(process: CliProcess): Promise<number> {
  const argv = process.argv.slice(2);
  const report = async (thrown: unknown): Promise<number> => {
    const error = asFailure(thrown);
    outliveReaders(process);
    await print(process.stderr, `lull: ${cleanText(error.message)}\n`);
    if (argv.includes('--verbose') && error.code === 'internal') {
      await print(process.stderr, `${stackOf(error.cause)}\n`);
    }
    return exitCodeFor(error.area);
  };

  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => void report(thrown).then((code) => process.exit(code)));
  }

  try {
    const { version } = manifest;
    const layers = () => readLayers(process.env);
    return await carryOut(parseArguments(argv, { version, layers }), process);
  } catch (thrown) {
    return report(thrown);
  }
}

/** What parsing needs is here anyway; all else is a file of its own, read when it is to be run. */
async function carryOut(invocation: Invocation, process: CliProcess): Promise<number> {
  if (invocation.kind === 'print') {
    await printAtOnce(process, invocation.text);
    return EXIT_OK;
  }
  requireRuntime(globalThis.process.versions);
  outliveReaders(process);
  switch (invocation.kind) {
    case 'config':
      return config(invocation, process);
    default:
      return (await import('./commands/perform.ts')).perform(invocation, process);
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
