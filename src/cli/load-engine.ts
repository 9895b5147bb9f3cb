import { DictationError } from '../core/index.ts';
import { asFailure } from './exit-codes.ts';

type Engine = typeof import('../engine/index.ts');

/**
 * Uses the local engine, a bundle of its own beside the CLI's that is loaded only here.
 * @throws DictationError `engine-unavailable`, and what the engine throws
 */
export async function withEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await load();
  try {
    return await use(engine);
  } catch (error) {
    throw asFailure(error);
  }
}

async function load(): Promise<Engine> {
  try {
    return await import('../engine/index.ts');
  } catch (cause) {
    const message = 'The local engine is not part of this installation; install Lull again in full';
    throw new DictationError('engine-unavailable', message, { cause });
  }
}
