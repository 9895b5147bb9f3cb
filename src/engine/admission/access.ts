import { type Refusal, unauthorized } from '../refusal.ts';
import type { TokenStore } from './token-store.ts';

/** The service's own limit on a session: three hours. */
export const LONGEST_SESSION_SECONDS = 10_800;

export type Access =
  | { readonly kind: 'granted'; readonly maxSessionSeconds: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a client brought to identify itself. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly token: string | undefined;
}

/** Any key is good here: nothing is billed and nothing leaves the machine. Its form is checked as the service does. */
export function checkAccess(credentials: Credentials, tokens: TokenStore): Access {
  const { authorization, token } = credentials;
  if (token !== undefined) {
    const grant = tokens.redeem(token);
    if (grant === 'unknown') return refuse('Invalid API key');
    if (grant === 'expired') return refuse('Signature has expired');
    return { kind: 'granted', maxSessionSeconds: grant.maxSessionSeconds };
  }
  if (!authorization) return refuse('Missing Authorization header');
  // The socket wants the raw key, unlike most services (seen live, 2026-09).
  if (/^bearer\b/i.test(authorization)) return refuse('Invalid API key');
  return { kind: 'granted', maxSessionSeconds: LONGEST_SESSION_SECONDS };
}

function refuse(why: string): Access {
  return { kind: 'refused', refusal: unauthorized(why) };
}
