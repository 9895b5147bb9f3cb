import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DictationError } from '../core/index.ts';
import type { Engine, EngineReport } from '../engine/index.ts';
import { asDictationError } from './failure.ts';

type EngineModule = typeof import('../engine/index.ts');

/** The local engine: a bundle beside the extension's own, loaded only when it is wanted. */
export class LocalEngine {
  readonly #file: string;

  /** `extensionPath` is the folder with package.json. */
  constructor(extensionPath: string) {
    this.#file = join(extensionPath, 'dist', 'engine.mjs');
  }

  /** Whether it would start: program, recogniser and model are there. Starts nothing. */
  async isInstalled(): Promise<boolean> {
    return (await this.report())?.advice === undefined && (await this.#exists());
  }

  /** `undefined` where the engine is not part of this installation. */
  async report(): Promise<EngineReport | undefined> {
    if (!(await this.#exists())) return undefined;
    return (await this.#load()).inspectEngine();
  }

  /** @throws DictationError `engine-unavailable` */
  async start(): Promise<Engine> {
    if (!(await this.#exists())) throw notInstalled();
    try {
      return await (await this.#load()).startEngine();
    } catch (error) {
      throw asDictationError(error);
    }
  }

  async #load(): Promise<EngineModule> {
    return import(pathToFileURL(this.#file).href);
  }

  async #exists(): Promise<boolean> {
    try {
      await access(this.#file);
      return true;
    } catch {
      // Not shipped, which is what was asked.
      return false;
    }
  }
}

function notInstalled(): DictationError {
  return new DictationError(
    'engine-unavailable',
    'The local engine is not part of this extension; run lull serve and put the address it prints into lull.endpoint',
  );
}
