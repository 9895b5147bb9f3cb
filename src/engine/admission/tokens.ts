import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../core/index.ts';

export interface TokenGrant {
  readonly maxSessionSeconds: number;
}

export interface TokenTerms extends TokenGrant {
  readonly expiresInSeconds: number;
}

/** `no-token`: it does not even look like one, so it may be a key. */
export type TokenVerdict = TokenGrant | 'expired' | 'unknown' | 'no-token';

const MARK = 'lull-token.';
/** When it expires, the longest session it opens, and what makes it one of a kind; then the seal. */
const TOKEN = /^(lull-token\.(\d{1,16})\.(\d{1,5})\.[\w-]{22})\.([\w-]{43})$/;

/**
 * Temporary tokens. One opens any number of sessions within its window, as seen live (2026-09). It
 * carries its own terms under a seal, so nothing is remembered: no flood of requests fills the
 * memory, and an old token is never taken for something else.
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #sealKey = randomBytes(32);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue({ expiresInSeconds, maxSessionSeconds }: TokenTerms): string {
    const expiresAtMs = Math.round(this.#clock.now() + expiresInSeconds * 1_000);
    const unique = randomBytes(16).toString('base64url');
    const terms = `${MARK}${expiresAtMs}.${maxSessionSeconds}.${unique}`;
    return `${terms}.${this.#seal(terms).toString('base64url')}`;
  }

  judge(text: string): TokenVerdict {
    if (!text.startsWith(MARK)) return 'no-token';
    const [, terms = '', expiresAtMs, maxSessionSeconds, seal = ''] = TOKEN.exec(text) ?? [];
    const given = Buffer.from(seal, 'base64url');
    const wanted = this.#seal(terms);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'unknown';
    if (this.#clock.now() >= Number(expiresAtMs)) return 'expired';
    return { maxSessionSeconds: Number(maxSessionSeconds) };
  }

  #seal(terms: string): Buffer {
    return createHmac('sha256', this.#sealKey).update(terms).digest();
  }
}
