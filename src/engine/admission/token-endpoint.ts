import type { IncomingMessage } from 'node:http';
import { readTokenRequest } from './token-request.ts';
import type { TokenStore } from './token-store.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers `/v3/token`. Unlike the socket it takes a key of any form (seen live, 2026-09). */
export function answerTokenRequest({
  request,
  query,
  tokens,
}: {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly tokens: TokenStore;
}): Reply {
  if (request.method !== 'GET') return { status: 405, body: { detail: 'Method Not Allowed' } };
  if (!request.headers.authorization) {
    const missing = { type: 'missing', loc: ['header', 'authorization'], msg: 'Field required' };
    return { status: 422, body: { detail: [{ ...missing, input: null }] } };
  }
  const asked = readTokenRequest(query);
  if (asked.kind === 'invalid') return { status: 422, body: { detail: asked.detail } };
  const token = tokens.issue(asked.terms);
  return { status: 200, body: { token, expires_in_seconds: asked.terms.expiresInSeconds } };
}
