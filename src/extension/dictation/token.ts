import { type Clock, DictationError, isLoopback } from '../../core/index.ts';

const LIMIT_MS = 10_000;

/**
 * Fetches a temporary token from a server of the person's own.
 * @throws DictationError `invalid-option`, `unreachable`, `account-refused`
 */
export async function fetchToken(address: string, clock: Clock): Promise<string> {
  const url = checkTokenUrl(address);
  const limit = new AbortController();
  const cancel = clock.schedule(LIMIT_MS, () => limit.abort());
  try {
    // A redirect could lead to a server nobody chose.
    const response = await fetch(url, { signal: limit.signal, redirect: 'error' });
    if (!response.ok) throw refuse(`answered with ${response.status}`);
    const body: unknown = await response.json();
    if (isToken(body)) return body.token;
    throw refuse('gave no token');
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    if (cause instanceof SyntaxError) throw refuse('gave no JSON', cause);
    const message = `The token server at ${url.host} cannot be reached; check lull.tokenUrl and your network`;
    throw new DictationError('unreachable', message, { cause });
  } finally {
    cancel();
  }
}

/** @throws DictationError `invalid-option` */
export function checkTokenUrl(address: string): URL {
  if (!URL.canParse(address)) {
    throw new DictationError('invalid-option', 'The setting lull.tokenUrl is not an address');
  }
  const url = new URL(address);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) {
    return url;
  }
  throw new DictationError(
    'invalid-option',
    'The setting lull.tokenUrl must begin with https:// (or http:// for this machine)',
  );
}

function isToken(body: unknown): body is { readonly token: string } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'token' in body &&
    typeof body.token === 'string' &&
    body.token !== ''
  );
}

function refuse(what: string, cause?: unknown): DictationError {
  return new DictationError('account-refused', `The token server ${what}; check lull.tokenUrl`, {
    cause,
  });
}
