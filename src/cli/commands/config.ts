import { cleanText } from '../../core/index.ts';
import { type CliProcess, print } from '../cli-process.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { configFile, parseLayer, readLayers } from '../layers.ts';

interface Holding {
  readonly option: string;
  readonly value: unknown;
  readonly from: string;
}

/** Shows which options hold without being named, and where each comes from. */
export async function config(
  { format }: { readonly format: 'text' | 'json' },
  { stdout, env }: CliProcess,
): Promise<number> {
  const file = configFile(env);
  const holding = new Map<string, Holding>();
  for (const layer of readLayers(env)) {
    for (const [name, value] of Object.entries(parseLayer(layer))) {
      const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      holding.set(option, { option, value, from: layer.origin });
    }
  }
  const options = [...holding.values()];
  const text =
    format === 'json' ? `${JSON.stringify({ file, options })}\n` : listing(options, file);
  await print(stdout, text);
  return EXIT_OK;
}

function listing(options: readonly Holding[], file: string): string {
  if (options.length === 0) {
    return `Every option has its built-in default; ${cleanText(file)} could hold others, such as silence = 8\n`;
  }
  return options
    .map(({ option, value, from }) => {
      const shown = cleanText(Array.isArray(value) ? value.join(', ') : String(value));
      return `${option.padEnd(12)} ${shown.padEnd(24)} ${cleanText(from)}\n`;
    })
    .join('');
}
