import type { IncomingMessage } from 'node:http';
import { type Doorkeeper, isKey } from './access.ts';
import { readTokenRequest } from './token-request.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers `/v3/token`. Unlike the socket it takes a key of any form (seen live, 2026-09). */
export function answerTokenRequest({
  request,
  query,
  doorkeeper,
}: {
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
  readonly doorkeeper: Doorkeeper;
}): Reply {
  const { tokens, secret } = doorkeeper;
  if (request.method !== 'GET') return { status: 405, body: { detail: 'Method Not Allowed' } };
  const { authorization } = request.headers;
  if (!authorization) {
    const missing = { type: 'missing', loc: ['header', 'authorization'], msg: 'Field required' };
    return { status: 422, body: { detail: [{ ...missing, input: null }] } };
  }
  const key = authorization.replace(/^bearer +/i, '');
  // A token opens sessions; it makes no further tokens, or it would never expire.
  if (tokens.judge(key) !== 'no-token' || !isKey(key, secret)) {
    return { status: 401, body: { error: 'Unauthorized' } };
  }
  const asked = readTokenRequest(query);
  if (asked.kind === 'invalid') return { status: 422, body: { detail: asked.detail } };
  const token = tokens.issue(asked.terms);
  return { status: 200, body: { token, expires_in_seconds: asked.terms.expiresInSeconds } };
}
