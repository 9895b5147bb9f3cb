import {
  checkEndpoint,
  checkKey,
  DictationError,
  endpointFor,
  type Region,
} from '../core/index.ts';
import { mintToken } from './mint-token.ts';
import { createRateLimit } from './rate-limit.ts';

/** Who gets a token, and what it is worth at most. */
export interface TokenHandlerOptions {
  /** Left out, the key is ASSEMBLYAI_API_KEY of the environment. It never leaves the server. */
  readonly key?: string | (() => string | Promise<string>) | undefined;
  /** No session that a token opens lives longer: 60 to 10800, 600 unless said otherwise. */
  readonly maxSessionSeconds?: number;
  /** A token opens sessions for so long: 1 to 600, 60 unless said otherwise. */
  readonly expiresInSeconds?: number;
  /** Pages of these origins may ask, besides those of the handler's own. */
  readonly allowedOrigins?: readonly string[];
  /** Says whether this person may dictate; where it is left out, everybody may. */
  readonly isAllowed?: (request: Request) => boolean | Promise<boolean>;
  /** Tokens a minute, 10 unless said otherwise; counted for each answer of `clientOf`. */
  readonly perMinute?: number;
  /** Tells people apart, by their session or address. Where it is left out all share one count. */
  readonly clientOf?: (request: Request) => string;
  readonly region?: Region;
  /** In place of AssemblyAI's own: `wss://host`, or `ws://` on this machine. */
  readonly endpoint?: string | undefined;
  /** For tests. */
  readonly ports?: { readonly fetch?: typeof fetch; readonly nowMs?: () => number };
}

const KNOWN = [
  ...['key', 'maxSessionSeconds', 'expiresInSeconds', 'allowedOrigins', 'isAllowed'],
  ...['perMinute', 'clientOf', 'region', 'endpoint', 'ports'],
];
const VARIABLE = 'ASSEMBLYAI_API_KEY';

/**
 * Answers requests for temporary tokens, so that a page can dictate and never sees the key. Runs
 * wherever there are `Request` and `Response`: Node, Deno, Bun, edge.
 * @throws DictationError `invalid-option`
 */
export function tokenHandler(
  options: TokenHandlerOptions = {},
): (request: Request) => Promise<Response> {
  const unknown = Object.keys(options).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw refuse(`${unknown} is no option; there are ${KNOWN.join(', ')}`);
  const { allowedOrigins = [], ports = {}, endpoint, region } = options;
  const caps = {
    maxSessionSeconds: within(options.maxSessionSeconds ?? 600, 60, 10_800, 'maxSessionSeconds'),
    expiresInSeconds: within(options.expiresInSeconds ?? 60, 1, 600, 'expiresInSeconds'),
  };
  const socketUrl = endpoint === undefined ? endpointFor(region) : checkEndpoint(endpoint);
  const takes = createRateLimit({
    perMinute: within(options.perMinute ?? 10, 1, 10_000, 'perMinute'),
    nowMs: ports.nowMs ?? (() => performance.now()),
  });

  return async (request) => {
    const origin = request.headers.get('origin');
    const isForeign = origin !== null && origin !== new URL(request.url).origin;
    if (isForeign && !allowedOrigins.includes(origin)) {
      return answer(403, { error: 'This page may not ask for tokens' });
    }
    const headers = isForeign ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : {};
    if (request.method === 'OPTIONS') {
      const methods = { 'Access-Control-Allow-Methods': 'GET, POST' };
      return new Response(null, { status: 204, headers: { ...headers, ...methods } });
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      return answer(405, { error: 'Ask with GET or POST' }, { ...headers, Allow: 'GET, POST' });
    }
    if (options.isAllowed && !(await options.isAllowed(request))) {
      return answer(401, { error: 'You may not ask for tokens' }, headers);
    }
    const waitSeconds = takes(options.clientOf?.(request) ?? '');
    if (waitSeconds > 0) {
      const later = { ...headers, 'Retry-After': String(waitSeconds) };
      return answer(429, { error: 'Too many tokens were asked for; wait a little' }, later);
    }
    try {
      const key = await keyOf(options.key);
      const token = await mintToken({ socketUrl, key, caps, fetch: ports.fetch ?? fetch });
      const worth = {
        expires_in_seconds: caps.expiresInSeconds,
        max_session_duration_seconds: caps.maxSessionSeconds,
      };
      return answer(200, { token, ...worth }, headers);
    } catch (thrown) {
      // Whoever asks is told no more than that; the sentence is for the server's own log.
      const message = thrown instanceof DictationError ? thrown.message : 'It failed inside Lull';
      console.error(`lull/token: ${message}`);
      return answer(502, { error: 'No token could be had; the server log says why' }, headers);
    }
  };
}

async function keyOf(key: TokenHandlerOptions['key']): Promise<string> {
  if (typeof key === 'function') return checkKey(await key(), 'The key from the function');
  if (key !== undefined) return checkKey(key, 'The key in the options');
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  const found = process?.env?.[VARIABLE];
  if (found) return checkKey(found, VARIABLE);
  throw new DictationError(
    'no-key',
    `There is no ${VARIABLE} in the environment; set it, or give key`,
  );
}

function within(value: number, least: number, most: number, name: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw refuse(`${name} takes a whole number from ${least} to ${most}`);
}

function answer(
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  // A token in a cache would be handed to the next person.
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
