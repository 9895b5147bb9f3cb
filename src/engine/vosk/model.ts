import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DictationError, SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { Installation } from './installation.ts';
import { DECODER_SILENCE_MS } from './turn-end.ts';
import { copyFolder, loadWasmModule, type VoskModule, type VoskRecognizer } from './wasm-module.ts';

/**
 * Decoder settings in place of the model's own, chosen by bench/engine-endpoint.mjs: a wider beam
 * takes a quarter off the word errors and smaller chunks a fifth off the delay of partials.
 */
const DECODER_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['--beam', '13.0'],
  ['--max-active', '7000'],
  ['--frames-per-chunk', '12'],
  ['--endpoint.rule2.min-trailing-silence', String(DECODER_SILENCE_MS / 1_000)],
  // Kaldi ends an utterance after 20 s even in the middle of a word; the service waits 60 s.
  ['--endpoint.rule5.min-utterance-length', '60'],
]);

/** A loaded model, from which recognizers are made. */
export interface Model {
  readonly module: VoskModule;
  createRecognizer(): VoskRecognizer;
}

/** @throws DictationError `engine-unavailable` */
export async function loadModel(
  { runtimeDir, modelDir }: Installation,
  settings = DECODER_SETTINGS,
): Promise<Model> {
  const module = await loadWasmModule(runtimeDir);
  try {
    const files = await copyFolder(module, { from: modelDir, to: '/model' });
    const config = await readFile(join(modelDir, 'conf/model.conf'), 'utf8');
    module.FS.writeFile('/model/conf/model.conf', withSettings(config, settings));
    const model = new module.Model('/model');
    // The model is in memory twice until the files are gone.
    for (const file of files) module.FS.unlink(file);
    return {
      module,
      createRecognizer() {
        const recognizer = new module.Recognizer(model, SAMPLE_RATE_HZ);
        recognizer.SetWords(true);
        return recognizer;
      },
    };
  } catch (cause) {
    throw new DictationError(
      'engine-unavailable',
      `The speech model in ${modelDir} could not be loaded; half of it may be missing. Delete that folder and fetch one anew with: lull engine install`,
      { cause },
    );
  }
}

/** The model's lines, with ours in place of those of the same name. */
export function withSettings(config: string, settings: ReadonlyMap<string, string>): string {
  const lines = config
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !settings.has(line.split('=', 1)[0] ?? ''));
  const ours = [...settings].map(([name, value]) => `${name}=${value}`);
  return `${[...lines, ...ours].join('\n')}\n`;
}
