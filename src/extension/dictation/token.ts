import { type Clock, DictationError, isLoopback } from '../../core/index.ts';
import { readTokenAnswer } from '../../protocol/index.ts';

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
    if (!response.ok) throw refuse(`answered with HTTP ${response.status}`, url.host);
    const answer = await readTokenAnswer(response.body);
    if (answer.kind === 'token') return answer.token;
    throw refuse(answer.flaw, url.host);
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
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

function refuse(what: string, host: string): DictationError {
  const message = `The token server at ${host} ${what}; check lull.tokenUrl`;
  return new DictationError('account-refused', message);
}
