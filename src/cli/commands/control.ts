import type { DictateArguments } from '../arguments.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { askRunning } from '../control/control-client.ts';
import { reportOf } from '../control/status.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { dictate } from './dictate.ts';

/** Ends the dictation that is running, as the person would. */
export async function end(
  { kind }: { readonly kind: 'stop' | 'cancel' },
  { env, stderr }: CliProcess,
): Promise<number> {
  const answers = await askRunning(kind, env);
  // A key that is pressed once too often is no failure.
  if (answers.length === 0) await print(stderr, 'lull: No dictation is running\n');
  return EXIT_OK;
}

/** One key for both: ends the dictation that is running, or begins one. */
export async function toggle(args: DictateArguments, process: CliProcess): Promise<number> {
  const answers = await askRunning('stop', process.env);
  return answers.length > 0 ? EXIT_OK : dictate(args, process);
}

/** Says what the dictation that is running does. */
export async function status(
  { format }: { readonly format: 'text' | 'json' },
  { env, stdout }: CliProcess,
): Promise<number> {
  const [newest] = await askRunning('status', env);
  const report = reportOf(newest);
  await print(stdout, `${format === 'json' ? JSON.stringify(report) : report.tooltip}\n`);
  return EXIT_OK;
}
