import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationTarget, l10n, workspace } from 'vscode';
import { DictationError } from '../../core/index.ts';
import type { Engine, InstallProgress, ModelOffer } from '../../engine/index.ts';
import { asFailure } from '../window/failure.ts';

type EngineModule = typeof import('../../engine/index.ts');

/** A mirror of the models for everybody on a machine, as for `lull engine install`. */
const MIRROR = 'LULL_MODELS_URL';

/** What is there of the engine; `absent` where even its program is missing. */
export type Presence = 'ready' | 'fetching' | 'no-model' | 'absent';

/** The local engine: a bundle beside the extension's own, loaded only when it is wanted. */
export class LocalEngine {
  readonly #file: string;
  #fetching: 'yes' | 'no' = 'no';

  /** `extensionPath` is the folder with package.json. */
  constructor(extensionPath: string) {
    this.#file = join(extensionPath, 'dist', 'engine.mjs');
  }

  async presence(): Promise<Presence> {
    if (!(await this.#exists())) return 'absent';
    const { runtime, model } = await (await this.#load()).inspectEngine();
    if (runtime.path === undefined) return 'absent';
    if (model.path !== undefined) return 'ready';
    return this.#fetching === 'yes' ? 'fetching' : 'no-model';
  }

  /** What keeps it from starting, as a sentence; nothing where it would. Starts nothing. */
  async lack(): Promise<string | undefined> {
    switch (await this.presence()) {
      case 'ready':
        return undefined;
      case 'absent':
        return notInstalled().message;
      case 'fetching':
        return l10n.t('The speech model of the offline recogniser is on its way');
      case 'no-model':
        return l10n.t(
          'The offline recogniser has no speech model yet; fetch it (41 MB) with Lull: Choose Who Listens',
        );
    }
  }

  /** Whose model would be fetched, and how large it is. */
  async offer(): Promise<ModelOffer> {
    const mirror = process.env[MIRROR];
    return (await this.#load()).offerFor(mirror ? { mirror } : {});
  }

  /** @throws DictationError with what to do next; what came stays for the next time */
  async fetchModel(
    signal: AbortSignal,
    onProgress: (progress: InstallProgress) => void,
  ): Promise<void> {
    this.#fetching = 'yes';
    try {
      const offer = await this.offer();
      await (await this.#load()).installModel({ offer, signal, onProgress });
    } finally {
      this.#fetching = 'no';
    }
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

/** Whoever chose the engine here before, and another now, means the other. */
export async function chooseEngine(engine: 'local' | 'auto'): Promise<void> {
  const lull = workspace.getConfiguration('lull');
  if (lull.get('engine') === engine || (engine === 'auto' && lull.get('engine') !== 'local'))
    return;
  const value = engine === 'auto' ? undefined : engine;
  await lull.update('engine', value, ConfigurationTarget.Global);
}

function notInstalled(): DictationError {
  return new DictationError(
    'engine-unavailable',
    'The local engine is not part of this extension; run lull serve and put the address it prints into lull.endpoint',
  );
}
