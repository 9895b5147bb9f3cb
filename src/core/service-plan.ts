import {
  checkEndpoint,
  endpointFor,
  isAssemblyAi,
  isLoopback,
  type Region,
} from './assemblyai/request.ts';
import { DictationError } from './errors.ts';
import type { EngineName } from './events.ts';

/** What a person may choose about who recognises. */
export interface ServiceChoice {
  /** Absent: the service where a key is known, else the engine on this machine. */
  readonly engine?: EngineName | undefined;
  readonly region?: Region | undefined;
  readonly endpoint?: string | undefined;
  /** Where temporary tokens come from, instead of a key. */
  readonly tokenUrl?: string | undefined;
}

/**
 * What is known to open a session with. A key belongs to one endpoint: AssemblyAI's is never sent to
 * another. `own-server`: the secret of a `lull serve` of the same person.
 */
export type KnownKey = 'key' | 'own-server' | 'none';

/** Who recognises, and at whose cost. */
export type ServicePlan =
  | {
      readonly engine: 'assemblyai';
      readonly endpoint: string;
      /** Where the voice goes, for people; absent when it stays on this machine. */
      readonly host?: string;
      readonly credential: 'key' | 'token' | 'own-server' | 'none';
      readonly billing: 'billed' | 'free';
    }
  | { readonly engine: 'local'; readonly cause: 'asked-for' | 'no-key' }
  /** The service was asked for, and no key for it is known. */
  | { readonly engine: 'none'; readonly host: string };

/**
 * The endpoint that is chosen, for which a key has to be found.
 * @throws DictationError `invalid-option`
 */
export function chosenEndpoint({
  endpoint,
  region,
}: Pick<ServiceChoice, 'endpoint' | 'region'>): string {
  return endpoint === undefined ? endpointFor(region) : checkEndpoint(endpoint);
}

/**
 * Decides before anything is opened.
 * @throws DictationError `invalid-option`
 */
export function planService(choice: ServiceChoice, known: KnownKey): ServicePlan {
  if (choice.engine === 'local') return { engine: 'local', cause: 'asked-for' };
  const endpoint = chosenEndpoint(choice);
  const { host, hostname } = new URL(endpoint);
  const isHere = isLoopback(hostname);
  const plan = { engine: 'assemblyai', endpoint, ...(isHere ? {} : { host }) } as const;
  if (choice.tokenUrl !== undefined) return { ...plan, credential: 'token', billing: 'billed' };
  if (known === 'key') return { ...plan, credential: 'key', billing: 'billed' };
  // What runs on this machine and was given no key can bill nobody.
  if (isHere) return { ...plan, credential: known, billing: 'free' };
  const isOpen =
    choice.engine === undefined && choice.endpoint === undefined && choice.region === undefined;
  return isOpen ? { engine: 'local', cause: 'no-key' } : { engine: 'none', host };
}

/** `advice` says how to set a key where the person is. */
export function noKey(host: string, advice: string, cause?: unknown): DictationError {
  const key = isAssemblyAi(`wss://${host}`) ? 'AssemblyAI key' : `key for ${host}`;
  return new DictationError('no-key', `There is no ${key}; ${advice}`, { cause });
}
