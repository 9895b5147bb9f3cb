import { randomUUID } from 'node:crypto';
import {
  chosenEndpoint,
  type DictationError,
  type EngineName,
  isAssemblyAi,
  noKey,
  planService,
  type ServicePlan,
} from '../core/index.ts';
import { findKey, findServeAccess } from '../host/index.ts';
import type { ServiceChoice } from './arguments.ts';
import type { CliProcess } from './cli-process.ts';
import { withEngine } from './load-engine.ts';

/** Who will recognise, decided before anything is opened, and the key that was found for it. */
export interface FoundService {
  readonly plan: ServicePlan;
  readonly key?: string;
}

/** @throws DictationError `invalid-option`, and what looking for a key throws */
export async function findService(
  choice: ServiceChoice,
  env: CliProcess['env'],
): Promise<FoundService> {
  if (choice.engine === 'local') return { plan: planService(choice, 'none') };
  const endpoint = chosenEndpoint(choice);
  // The person's own server takes its own key, and is told no other.
  const served = await findServeAccess(endpoint, env);
  if (served) {
    return {
      plan: planService({ ...choice, endpoint: served.url }, 'own-server'),
      key: served.secret,
    };
  }
  const key = (await findKey(env, endpoint))?.key;
  return key === undefined
    ? { plan: planService(choice, 'none') }
    : { plan: planService(choice, 'key'), key };
}

/** What sessions are opened with, and whatever has to run for it. */
export interface OpenService {
  readonly engine: EngineName;
  readonly endpoint: string;
  readonly key?: string;
  readonly billing: 'billed' | 'free';
  close(): Promise<void>;
}

/** @throws DictationError `no-key`, `engine-unavailable` */
export async function openService(
  { plan, key }: FoundService,
  modelDir: string | undefined,
): Promise<OpenService> {
  if (plan.engine === 'none') throw noKeyFor(plan.host);
  if (plan.engine === 'assemblyai') {
    const { engine, endpoint, billing } = plan;
    return {
      engine,
      endpoint,
      billing,
      ...(key === undefined ? {} : { key }),
      close: async () => {},
    };
  }
  // Nobody else on this machine shall be heard by it.
  const secret = randomUUID();
  try {
    const local = await withEngine(({ startEngine }) =>
      startEngine({ pace: 'as-decoded', secret, ...(modelDir === undefined ? {} : { modelDir }) }),
    );
    return {
      engine: 'local',
      endpoint: local.url,
      key: secret,
      billing: 'free',
      close: () => local.close(),
    };
  } catch (error) {
    if (plan.cause === 'asked-for') throw error;
    throw noRecognizer(error);
  }
}

/** The engine was only a way out, so the way to a key is told as well. */
export function noRecognizer(cause?: unknown): DictationError {
  return noKey(
    'streaming.assemblyai.com',
    'run lull login (a key is at https://www.assemblyai.com/dashboard), or lull engine install to dictate offline',
    cause,
  );
}

export function noKeyFor(host: string): DictationError {
  return isAssemblyAi(`wss://${host}`)
    ? noKey(
        host,
        'run lull login or set ASSEMBLYAI_API_KEY; a key is at https://www.assemblyai.com/dashboard',
      )
    : noKey(host, `run lull login --endpoint wss://${host} or set LULL_KEY`);
}
