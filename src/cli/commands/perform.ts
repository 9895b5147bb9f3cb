import type { CliProcess } from '../cli-process.ts';
import type { Invocation } from '../parse-arguments.ts';
import { end, status, toggle } from './control.ts';
import { devices } from './devices.ts';
import { dictate } from './dictate.ts';
import { doctor } from './doctor.ts';
import { engine } from './engine.ts';
import { login, logout } from './login.ts';
import { serve } from './serve.ts';

/** Runs the command that was asked for; gives the exit code. */
export async function perform(
  invocation: Exclude<Invocation, { readonly kind: 'print' | 'config' }>,
  process: CliProcess,
): Promise<number> {
  switch (invocation.kind) {
    case 'dictate':
      return dictate(invocation.dictate, process);
    case 'toggle':
      return toggle(invocation.dictate, process);
    case 'stop':
    case 'cancel':
      return end(invocation, process);
    case 'status':
      return status(invocation, process);
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
