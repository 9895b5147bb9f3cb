import { cleanText, DictationError } from '../../core/index.ts';
import { type Device, listDevices } from '../../host/index.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { recorderSettings } from '../sources.ts';

/** Lists the microphones, as --device takes their names. */
export async function devices(
  { format }: { readonly format: 'text' | 'json' },
  { stdout, env }: CliProcess,
): Promise<number> {
  const { bundled } = recorderSettings(env);
  const found = await listDevices({ env, bundled });
  await print(stdout, format === 'json' ? `${JSON.stringify(found)}\n` : listing(found));
  if (found.length > 0) return EXIT_OK;
  const message = 'No microphone was found; connect one, or see what lull doctor says';
  throw new DictationError('device-missing', message);
}

function listing(found: readonly Device[]): string {
  return found
    .map(({ name, id, isDefault }) => {
      const code = id === name ? '' : `  (${cleanText(id)})`;
      return `${isDefault ? '*' : ' '} ${cleanText(name)}${code}\n`;
    })
    .join('');
}
