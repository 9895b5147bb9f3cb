import { fileURLToPath } from 'node:url';

/** What is not on the command line: the recorders beside the bundle, and the person's own. */
export function recorderSettings(env: Readonly<Record<string, string | undefined>>) {
  return {
    bundled: fileURLToPath(new URL('./recorders', import.meta.url)),
    // Never an option of a project: whoever sets it runs a program.
    command: env['LULL_RECORDER'] || undefined,
  };
}
