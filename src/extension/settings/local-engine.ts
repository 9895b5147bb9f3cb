import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DictationError } from '../../core/index.ts';
import type { Engine } from '../../engine/index.ts';
import { asFailure } from '../window/failure.ts';

type EngineModule = typeof import('../../engine/index.ts');

/** The local engine: a bundle beside the extension's own, loaded only when it is wanted. */
export class LocalEngine {
  readonly #file: string;

  /** `extensionPath` is the folder with package.json. */
  constructor(extensionPath: string) {
    this.#file = join(extensionPath, 'dist', 'engine.mjs');
  }

  async isInstalled(): Promise<boolean> {
    return (await this.lack()) === undefined;
  }

  /** What keeps it from starting, as a sentence; nothing where it would. Starts nothing. */
  async lack(): Promise<string | undefined> {
    if (!(await this.#exists())) return notInstalled().message;
    return (await (await this.#load()).inspectEngine()).advice;
  }

  /** @throws DictationError `engine-unavailable` */
  async start(): Promise<Engine & { readonly secret: string }> {
    if (!(await this.#exists())) throw notInstalled();
    try {
      // Nobody else on this machine shall be heard by it.
      const secret = randomUUID();
      return { ...(await (await this.#load()).startEngine({ secret })), secret };
    } catch (error) {
      throw asFailure(error);
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
