import type { Clock } from '../../core/index.ts';

const LIMIT_MS = 5_000;

/** What the service says to a key; `unknown` where it could not be asked. */
export type KeyVerdict = 'accepted' | 'refused' | 'unknown';

/**
 * Tries a key by asking for a temporary token, which opens no session and is not billed.
 */
export async function tryKey(
  key: string,
  { endpoint, clock }: { readonly endpoint: string; readonly clock: Clock },
): Promise<KeyVerdict> {
  const url = new URL(endpoint);
  url.protocol = url.protocol === 'ws:' ? 'http:' : 'https:';
  url.pathname = '/v3/token';
  url.search = '?expires_in_seconds=60';
  const limit = new AbortController();
  const cancel = clock.schedule(LIMIT_MS, () => limit.abort());
  try {
    // A redirect could carry the key to a server nobody chose.
    const response = await fetch(url, {
      headers: { Authorization: key },
      signal: limit.signal,
      redirect: 'error',
    });
    if (response.ok) return 'accepted';
    return response.status === 401 || response.status === 403 ? 'refused' : 'unknown';
  } catch {
    // No network, or a server without tokens: the first dictation will tell.
    return 'unknown';
  } finally {
    cancel();
  }
}
