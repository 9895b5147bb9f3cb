import { createHash, timingSafeEqual } from 'node:crypto';
import { type Refusal, unauthorized } from '../refusal.ts';
import type { Tokens, TokenVerdict } from './tokens.ts';

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

/** What is held against it. */
export interface Doorkeeper {
  readonly tokens: Tokens;
  /** The only key that is taken; without one, any is. */
  readonly secret: string | undefined;
}

/** Says what the service would say to the same credentials, and in its words. */
export function checkAccess({ authorization, token }: Credentials, doorkeeper: Doorkeeper): Access {
  // A key that stands in an address ends up in logs, so it is none there.
  if (token !== undefined) return admit(doorkeeper.tokens.judge(token));
  if (!authorization) return refuse('Missing Authorization header');
  // The socket wants the raw key, unlike most services (seen live, 2026-09).
  if (/^bearer\b/i.test(authorization)) return refuse('Invalid API key');
  // The vendor's Python SDK sends its token here as well.
  const verdict = doorkeeper.tokens.judge(authorization);
  if (verdict !== 'no-token') return admit(verdict);
  if (!isKey(authorization, doorkeeper.secret)) return refuse('Invalid API key');
  return { kind: 'granted', maxSessionSeconds: LONGEST_SESSION_SECONDS };
}

/** Takes as long for a key that is nearly right as for any other. */
export function isKey(given: string, secret: string | undefined): boolean {
  if (secret === undefined) return true;
  return timingSafeEqual(digest(given), digest(secret));
}

function admit(verdict: TokenVerdict): Access {
  if (verdict === 'expired') return refuse('Signature has expired');
  if (typeof verdict === 'string') return refuse('Invalid API key');
  return { kind: 'granted', maxSessionSeconds: verdict.maxSessionSeconds };
}

function refuse(why: string): Access {
  return { kind: 'refused', refusal: unauthorized(why) };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
