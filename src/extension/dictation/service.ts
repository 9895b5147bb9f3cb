import {
  type Clock,
  chosenEndpoint,
  type DictateOptions,
  type DictationError,
  noKey,
  planService,
  type ServiceChoice,
  type ServicePlan,
} from '../../core/index.ts';
import { findServeAccess } from '../../host/index.ts';
import type { KeyStore } from '../settings/key-store.ts';
import type { LocalEngine } from '../settings/local-engine.ts';
import type { Settings } from '../settings/settings.ts';
import { checkTokenUrl, fetchToken } from './token.ts';

/** Who recognises, once everything that had to be asked is answered. */
export type DecidedPlan = Exclude<ServicePlan, { engine: 'none' }>;

/**
 * Who will recognise, by the settings and the keys that are known.
 * @throws DictationError `invalid-option`
 */
export async function findPlan(settings: Settings, keys: KeyStore): Promise<ServicePlan> {
  const choice = choiceOf(settings);
  if (choice.tokenUrl !== undefined) checkTokenUrl(choice.tokenUrl);
  if (choice.engine === 'local') return planService(choice, 'none');
  const endpoint = chosenEndpoint(choice);
  // The person's own `lull serve` takes its own key, and is told no other.
  const served = await findServeAccess(endpoint, process.env);
  if (served) return planService({ ...choice, endpoint: served.url }, 'own-server');
  const key = await keys.find(endpoint);
  return planService(choice, key === undefined ? 'none' : 'key');
}

/** What sessions are opened with, and whatever has to run for it. */
export interface OpenService
  extends Pick<DictateOptions, 'endpoint' | 'engine' | 'key' | 'token' | 'billing'> {
  close(): Promise<void>;
}

export interface ServiceParts {
  readonly keys: KeyStore;
  readonly localEngine: LocalEngine;
  readonly clock: Clock;
  readonly tokenUrl: string | undefined;
}

/** @throws DictationError `engine-unavailable`; what a key or token throws ends the dictation */
export async function openService(
  plan: DecidedPlan,
  { keys, localEngine, clock, tokenUrl }: ServiceParts,
): Promise<OpenService> {
  if (plan.engine === 'local') {
    const { url, secret, close } = await localEngine.start();
    return { engine: 'local', endpoint: url, key: secret, billing: 'free', close };
  }
  const { endpoint, credential, billing } = plan;
  const service = { engine: 'assemblyai', endpoint, billing, close: async () => {} } as const;
  switch (credential) {
    case 'token':
      return { ...service, token: () => fetchToken(tokenUrl ?? '', clock) };
    case 'own-server':
      return {
        ...service,
        key: async () => (await findServeAccess(endpoint, process.env))?.secret ?? '',
      };
    case 'key':
      // Asked for anew for each session, so that a changed key counts at once.
      return {
        ...service,
        async key() {
          const key = await keys.find(endpoint);
          if (key === undefined) throw noKeyFor(new URL(endpoint).host);
          return key;
        },
      };
    case 'none':
      // A server on this machine may ask for a key as the service does, and take any.
      return { ...service, key: 'local' };
    default:
      return credential satisfies never;
  }
}

export function noKeyFor(host: string): DictationError {
  return noKey(host, 'run Lull: Set API Key; a key is at https://www.assemblyai.com/dashboard');
}

function choiceOf({ engine, region, endpoint, tokenUrl }: Settings): ServiceChoice {
  return { engine: engine === 'auto' ? undefined : engine, region, endpoint, tokenUrl };
}
