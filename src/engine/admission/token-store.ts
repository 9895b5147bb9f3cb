import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/index.ts';

export interface TokenGrant {
  readonly maxSessionSeconds: number;
}

export interface TokenTerms extends TokenGrant {
  readonly expiresInSeconds: number;
}

/** Temporary tokens. One opens any number of sessions within its window, as seen live (2026-09). */
export class TokenStore {
  readonly #clock: Clock;
  readonly #tokens = new Map<string, TokenGrant & { readonly expiresAtMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue({ expiresInSeconds, maxSessionSeconds }: TokenTerms): string {
    this.#forgetOld();
    const token = randomBytes(32).toString('base64url');
    const expiresAtMs = this.#clock.now() + expiresInSeconds * 1_000;
    this.#tokens.set(token, { maxSessionSeconds, expiresAtMs });
    return token;
  }

  redeem(token: string): TokenGrant | 'expired' | 'unknown' {
    const found = this.#tokens.get(token);
    if (!found) return 'unknown';
    return this.#clock.now() < found.expiresAtMs ? found : 'expired';
  }

  /** Expired tokens are remembered for an hour, so that the answer can say what is wrong with them. */
  #forgetOld(): void {
    const oldestMs = this.#clock.now() - 3_600_000;
    for (const [token, { expiresAtMs }] of this.#tokens) {
      if (expiresAtMs < oldestMs) this.#tokens.delete(token);
    }
  }
}
