import { DictationError } from '../core/index.ts';
import { readTokenAnswer } from '../protocol/index.ts';

export interface Mint {
  /** Of the sessions; tokens are to be had beside it. */
  readonly socketUrl: string;
  readonly key: string;
  readonly caps: { readonly maxSessionSeconds: number; readonly expiresInSeconds: number };
  readonly fetch: typeof fetch;
}

const LIMIT_MS = 10_000;

/** @throws DictationError that holds neither key nor token */
export async function mintToken({ socketUrl, key, caps, fetch }: Mint): Promise<string> {
  const url = new URL(socketUrl.replace(/^ws/, 'http'));
  url.pathname = url.pathname.replace(/\/ws$/, '/token');
  url.searchParams.set('expires_in_seconds', String(caps.expiresInSeconds));
  url.searchParams.set('max_session_duration_seconds', String(caps.maxSessionSeconds));
  let response: Response;
  let answer: Awaited<ReturnType<typeof readTokenAnswer>>;
  try {
    response = await fetch(url, {
      headers: { Authorization: key },
      // The key goes to this host and to none that it names.
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    answer = await readTokenAnswer(response.body);
  } catch (cause) {
    const message = `${url.host} cannot be reached; check the network of this server`;
    throw new DictationError('unreachable', message, { cause });
  }
  if (response.status === 401 || response.status === 403) {
    throw new DictationError('key-refused', `${url.host} refused the key (${response.status})`);
  }
  if (!response.ok) {
    throw new DictationError('service-failed', `${url.host} answered ${response.status}`);
  }
  if (answer.kind === 'token') return answer.token;
  throw new DictationError('service-failed', `${url.host} ${answer.flaw}`);
}
