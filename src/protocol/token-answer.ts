/** What is read of a `Response`. */
export interface AnswerBody {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'no-token'; readonly flaw: string };

/** Unpacked: a few bytes can be gigabytes that were packed. The vendor's own answer has 2.6 kB. */
const MOST_BYTES = 16_384;
const LONGEST_TOKEN = 4_096;
/** It becomes a part of the session's address; only padding is not safe there, and it is encoded. */
const TOKEN = /^[\w.~-]+={0,2}$/;

/** Reads the answer to a request for a token, and no more of it than a token can need. */
export async function readTokenAnswer(body: AnswerBody | null): Promise<TokenAnswer> {
  const text = await boundedText(body);
  if (text === undefined) return flawed('answered with more than 16 kB, which is no token');
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return flawed('answered with something that is not JSON');
  }
  const { token } = Object(answer) as { readonly token?: unknown };
  if (typeof token !== 'string' || token === '') return flawed('gave no token');
  if (token.length > LONGEST_TOKEN) return flawed('gave a token of more than 4 kB');
  if (!TOKEN.test(token)) return flawed('gave a token with a character that no token has');
  return { kind: 'token', token };
}

async function boundedText(body: AnswerBody | null): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let bytes = 0;
  let text = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value?.length ?? 0;
    if (bytes > MOST_BYTES) {
      // Whoever sends so much may also refuse to stop: it is not waited for.
      void reader?.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text;
}

function flawed(flaw: string): TokenAnswer {
  return { kind: 'no-token', flaw };
}
