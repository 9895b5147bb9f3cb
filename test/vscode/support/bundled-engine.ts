import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine } from '../../../src/engine/index.ts';

/** The local engine as it is shipped, with its recogniser in a thread of this process. */
export async function startBundledEngine(): Promise<Engine> {
  const bundle: typeof import('../../../src/engine/index.ts') = await import(
    pathToFileURL(resolve('dist/engine.mjs')).href
  );
  return bundle.startEngine();
}
