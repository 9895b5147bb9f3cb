import manifest from '../../package.json' with { type: 'json' };
import { cleanText } from '../core/index.ts';

import { type CliProcess, print } from './cli-process.ts';
import { config } from './commands/config.ts';
import { end, status, toggle } from './commands/control.ts';
import { devices } from './commands/devices.ts';
import { dictate } from './commands/dictate.ts';
import { doctor } from './commands/doctor.ts';
import { engine } from './commands/engine.ts';
import { login, logout } from './commands/login.ts';
import { serve } from './commands/serve.ts';
import { asFailure, EXIT_OK, exitCodeFor } from './exit-codes.ts';
import { readLayers } from './layers.ts';
import { type Invocation, parseArguments } from './parse-arguments.ts';

/** Runs one command line; gives the exit code. Never rejects. */
export async function run(process: CliProcess): Promise<number> {
  const argv = process.argv.slice(2);
  const report = async (thrown: unknown): Promise<number> => {
    const error = asFailure(thrown);
    await print(process.stderr, `lull: ${cleanText(error.message)}\n`);
    if (argv.includes('--verbose') && error.code === 'internal') {
      await print(process.stderr, `${stackOf(error.cause)}\n`);
    }
    return exitCodeFor(error.area);
  };

  // A stream without a listener for its error would end the process; who closed it wants no words.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (thrown: unknown) => void report(thrown).then((code) => process.exit(code)));
  }

  try {
    const { version } = manifest;
    const layers = () => readLayers(process.env);
    return await perform(parseArguments(argv, { version, layers }), process);
  } catch (thrown) {
    return report(thrown);
  }
}

async function perform(invocation: Invocation, process: CliProcess): Promise<number> {
  switch (invocation.kind) {
    case 'print':
      await print(process.stdout, invocation.text);
      return EXIT_OK;
    case 'dictate':
      return dictate(invocation.dictate, process);
    case 'toggle':
      return toggle(invocation.dictate, process);
    case 'stop':
    case 'cancel':
      return end(invocation, process);
    case 'status':
      return status(invocation, process);
    case 'config':
      return config(invocation, process);
    case 'devices':
      return devices(invocation, process);
    case 'doctor':
      return doctor(invocation.doctor, process);
    case 'serve':
      return serve(invocation, process);
    case 'login':
      return login(invocation, process);
    case 'logout':
      return logout(invocation, process);
    case 'engine':
      return engine(invocation.engine, process);
    default:
      return invocation satisfies never;
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
