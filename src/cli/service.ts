import {
  checkEndpoint,
  DictationError,
  endpointFor,
  isAssemblyAi,
  isLoopback,
  type SessionAccess,
} from '../core/index.ts';
import { findServeAccess } from '../host/index.ts';
import type { ServiceChoice } from './arguments.ts';
import type { CliProcess } from './cli-process.ts';
import { withEngine } from './load-engine.ts';

/** Who will recognise, decided before anything is opened. */
export type ServicePlan =
  | { readonly engine: 'assemblyai'; readonly endpoint: string; readonly key?: string }
  | {
      readonly engine: 'local';
      readonly modelDir?: string;
      readonly cause: 'asked-for' | 'no-key';
    };

/**
 * Pure but for `findKey`, which is not asked where no key is wanted.
 * @throws DictationError `no-key`, `invalid-option`, and what `findKey` throws
 */
export async function planService(
  choice: ServiceChoice,
  findKey: (endpoint: string) => Promise<string | undefined>,
): Promise<ServicePlan> {
  const { engine, region, modelDir } = choice;
  const local = { engine: 'local', ...(modelDir === undefined ? {} : { modelDir }) } as const;
  if (engine === 'local') return { ...local, cause: 'asked-for' };

  const endpoint =
    choice.endpoint === undefined ? endpointFor(region) : checkEndpoint(choice.endpoint);
  const key = await findKey(endpoint);
  if (key !== undefined) return { engine: 'assemblyai', endpoint, key };
  if (choice.endpoint !== undefined && isLoopback(new URL(endpoint).hostname)) {
    return { engine: 'assemblyai', endpoint };
  }
  if (engine === undefined && choice.endpoint === undefined && region === undefined) {
    return { ...local, cause: 'no-key' };
  }
  throw isAssemblyAi(endpoint) ? noKey('') : noKeyFor(endpoint);
}

/** Access to sessions of the planned service, and whatever has to run for it. */
export interface OpenService {
  readonly access: () => Promise<SessionAccess>;
  close(): Promise<void>;
}

/** @throws DictationError `engine-unavailable`, or `no-key` where the engine was only a way out */
export async function openService(plan: ServicePlan, env: CliProcess['env']): Promise<OpenService> {
  if (plan.engine === 'assemblyai') {
    const served = await findServeAccess(plan.endpoint, env);
    // The person's own server takes its own key, and is told no other.
    const endpoint = served?.url ?? plan.endpoint;
    const key = served?.secret ?? plan.key;
    const headers: Record<string, string> = key === undefined ? {} : { Authorization: key };
    return { access: async () => ({ endpoint, headers }), close: async () => {} };
  }

  const { modelDir, cause } = plan;
  try {
    const engine = await withEngine(({ startEngine }) =>
      startEngine(modelDir === undefined ? {} : { modelDir }),
    );
    // The engine asks for a key as the service does, and takes any.
    const headers = { Authorization: 'local' };
    return {
      access: async () => ({ endpoint: engine.url, headers }),
      close: () => engine.close(),
    };
  } catch (error) {
    if (cause === 'asked-for') throw error;
    throw noKey(
      ', and the offline recogniser has no model yet (lull engine install fetches one)',
      error,
    );
  }
}

function noKeyFor(endpoint: string): DictationError {
  const message = `There is no key for ${new URL(endpoint).host}; run lull login --endpoint ${endpoint} or set LULL_KEY`;
  return new DictationError('no-key', message);
}

/** `also` is what goes on the first half of the sentence. */
export function noKey(also: string, cause?: unknown): DictationError {
  return new DictationError(
    'no-key',
    `There is no AssemblyAI key${also}; run lull login or set ASSEMBLYAI_API_KEY, with a key from https://www.assemblyai.com/dashboard`,
    { cause },
  );
}
