import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DictationError } from '../../core/index.ts';

/** Vosk's recognizer as its C++ names it. Results are JSON text. */
export interface VoskRecognizer {
  SetWords(words: boolean): void;
  /** True when Kaldi's rules see the end of an utterance; hearing goes on unless `Result` is taken. */
  AcceptWaveform(address: number, samples: number): boolean;
  PartialResult(): string;
  Result(): string;
  FinalResult(): string;
  delete(): void;
}

/** The part of the WebAssembly module that is used here. */
export interface VoskModule {
  readonly HEAPF32: Float32Array;
  readonly FS: {
    mkdir(path: string): void;
    writeFile(path: string, data: Uint8Array | string): void;
    unlink(path: string): void;
  };
  readonly Model: new (path: string) => object;
  readonly Recognizer: new (model: object, sampleRateHz: number) => VoskRecognizer;
  SetLogLevel(level: number): void;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

type CreateModule = (settings: Readonly<Record<string, unknown>>) => Promise<VoskModule>;

/** The loader's last line in the package's worker script; what follows belongs to a browser. */
const LOADER_END = 'var vosk_default = LoadVosk;';

/**
 * Loads the WebAssembly module from the package made for browsers, without a browser. Its loader is
 * imported from memory with a stand-in for the one browser global it reads, so nothing is written
 * and nothing of this runtime is touched.
 * @throws DictationError `engine-unavailable`
 */
export async function loadWasmModule(runtimeDir: string): Promise<VoskModule> {
  const script = await readFile(join(runtimeDir, 'dist/vosk.worker.js'), 'utf8');
  const wasmBinary = await readFile(join(runtimeDir, 'dist/vosk.wasm'));
  const end = script.indexOf(LOADER_END);
  if (end < 0) {
    throw new DictationError(
      'engine-unavailable',
      'This version of the Vosk runtime is not known to Lull; install the one in its package.json',
    );
  }
  const loader = [
    "const self = { location: { href: 'file:///' } };",
    script.slice(0, end),
    'export { LoadVosk };',
  ].join('\n');
  const address = `data:text/javascript;base64,${Buffer.from(loader).toString('base64')}`;
  const { LoadVosk } = (await import(address)) as { readonly LoadVosk: CreateModule };
  const quiet = () => {};
  const module = await LoadVosk({
    wasmBinary,
    locateFile: (name: string) => name,
    print: quiet,
    printErr: quiet,
  });
  module.SetLogLevel(-1);
  return module;
}

/** Copies a model's folder into the module's own file system; gives the paths of the files. */
export async function copyFolder(
  module: VoskModule,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  module.FS.mkdir(to);
  const paths: string[] = [];
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const inside = { from: join(from, entry.name), to: `${to}/${entry.name}` };
    if (entry.isDirectory()) {
      paths.push(...(await copyFolder(module, inside)));
    } else {
      module.FS.writeFile(inside.to, await readFile(inside.from));
      paths.push(inside.to);
    }
  }
  return paths;
}
