import {
  type Clock,
  checkEndpoint,
  DictationError,
  type EngineName,
  endpointFor,
  isLoopback,
  type SessionAccess,
} from '../../core/index.ts';
import { findServeAccess } from '../../host/index.ts';
import type { KeyStore } from '../settings/key-store.ts';
import type { LocalEngine } from '../settings/local-engine.ts';
import type { Settings } from '../settings/settings.ts';
import { checkTokenUrl, fetchToken } from './token.ts';

/** What a session is opened with. */
export type Credential = 'key' | 'token' | 'none';

/** Who will recognise. `host` is where the voice goes, for people; absent when it stays here. */
export type ServicePlan =
  | {
      readonly engine: 'assemblyai';
      readonly endpoint: string;
      readonly host: string | undefined;
      readonly credential: Credential;
    }
  | { readonly engine: 'local' }
  /** Nothing says who: the person has to. */
  | { readonly engine: 'undecided' };

type Choice = Pick<Settings, 'engine' | 'region' | 'endpoint' | 'tokenUrl'>;

/**
 * Decides before anything is opened.
 * @throws DictationError `invalid-option`, `no-key`
 */
export function planService(choice: Choice, keyState: 'known' | 'unknown'): ServicePlan {
  const { engine, region, endpoint, tokenUrl } = choice;
  if (engine === 'local') return { engine: 'local' };
  const address = endpoint === undefined ? endpointFor(region) : checkEndpoint(endpoint);
  const { host, hostname } = new URL(address);
  const plan = {
    engine: 'assemblyai',
    endpoint: address,
    host: isLoopback(hostname) ? undefined : host,
  } as const;
  if (tokenUrl !== undefined) {
    checkTokenUrl(tokenUrl);
    return { ...plan, credential: 'token' };
  }
  if (keyState === 'known') return { ...plan, credential: 'key' };
  if (plan.host === undefined) return { ...plan, credential: 'none' };
  if (engine === 'auto' && endpoint === undefined) return { engine: 'undecided' };
  throw noKey();
}

/** Access to sessions, and whatever has to run for it. */
export interface OpenService {
  readonly engine: EngineName;
  readonly credential: Credential;
  access(): Promise<SessionAccess>;
  close(): Promise<void>;
}

export interface ServiceParts {
  readonly keys: KeyStore;
  readonly localEngine: LocalEngine;
  readonly clock: Clock;
  readonly tokenUrl: string | undefined;
}

/** @throws DictationError `engine-unavailable`; what `access` throws ends the dictation */
export async function openService(
  plan: Exclude<ServicePlan, { engine: 'undecided' }>,
  { keys, localEngine, clock, tokenUrl }: ServiceParts,
): Promise<OpenService> {
  if (plan.engine === 'local') {
    const engine = await localEngine.start();
    // The engine asks for a key as the service does, and takes any.
    const headers = { Authorization: 'local' };
    return {
      engine: 'local',
      credential: 'none',
      access: async () => ({ endpoint: engine.url, headers }),
      close: () => engine.close(),
    };
  }
  const { endpoint, credential } = plan;
  return {
    engine: 'assemblyai',
    credential,
    // Asked for anew for each session, so that a changed key or a fresh token counts at once.
    async access() {
      if (credential === 'token' && tokenUrl !== undefined) {
        return { endpoint, headers: {}, token: await fetchToken(tokenUrl, clock) };
      }
      // The person's own `lull serve` takes its own key, and is told no other.
      const served = await findServeAccess(endpoint, process.env);
      if (served) return { endpoint: served.url, headers: { Authorization: served.secret } };
      const key = await keys.find();
      if (key === undefined && credential === 'key') throw noKey();
      return { endpoint, headers: { Authorization: key ?? 'local' } };
    },
    close: async () => {},
  };
}

export function noKey(): DictationError {
  return new DictationError(
    'no-key',
    'There is no AssemblyAI key; set one from https://www.assemblyai.com/dashboard',
  );
}
