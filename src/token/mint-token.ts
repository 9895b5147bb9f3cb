import { DictationError } from '../core/index.ts';

export interface Mint {
  /** Of the sessions; tokens are to be had beside it. */
  readonly socketUrl: string;
  readonly key: string;
  readonly caps: { readonly maxSessionSeconds: number; readonly expiresInSeconds: number };
  readonly fetch: typeof fetch;
}

const LIMIT_MS = 10_000;
const MOST_BYTES = 16_384;
const TOKEN = /^[\w.~+/=-]{1,4096}$/;

/** @throws DictationError that holds neither key nor token */
export async function mintToken({ socketUrl, key, caps, fetch }: Mint): Promise<string> {
  const url = new URL(socketUrl.replace(/^ws/, 'http'));
  url.pathname = url.pathname.replace(/\/ws$/, '/token');
  url.searchParams.set('expires_in_seconds', String(caps.expiresInSeconds));
  url.searchParams.set('max_session_duration_seconds', String(caps.maxSessionSeconds));
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { Authorization: key },
      // The key goes to this host and to none that it names.
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    text = await bounded(response);
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    const message = `${url.host} cannot be reached; check the network of this server`;
    throw new DictationError('unreachable', message, { cause });
  }
  if (response.status === 401 || response.status === 403) {
    throw new DictationError('key-refused', `${url.host} refused the key (${response.status})`);
  }
  if (!response.ok) {
    throw new DictationError('service-failed', `${url.host} answered ${response.status}`);
  }
  const token = tokenIn(text);
  if (token !== undefined) return token;
  throw new DictationError('service-failed', `${url.host} gave no token`);
}

async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length <= MOST_BYTES) continue;
    await reader?.cancel();
    throw new DictationError('service-failed', 'The answer is too long to be a token');
  }
  return text;
}

function tokenIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const token = (body as { readonly token?: unknown } | null)?.token;
    return typeof token === 'string' && TOKEN.test(token) ? token : undefined;
  } catch {
    // A page of some proxy: no token either.
    return undefined;
  }
}
