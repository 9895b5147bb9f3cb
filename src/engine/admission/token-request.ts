import { LONGEST_SESSION_SECONDS } from './access.ts';
import type { TokenTerms } from './tokens.ts';

/** One complaint in the form of FastAPI, which is what the service answers with (seen live, 2026-09). */
interface Complaint {
  readonly type: string;
  readonly loc: readonly ['query', string];
  readonly msg: string;
  readonly input: string | null;
  readonly ctx?: Readonly<Record<string, number>>;
}

export type TokenRequest =
  | { readonly kind: 'valid'; readonly terms: TokenTerms }
  | { readonly kind: 'invalid'; readonly detail: readonly Complaint[] };

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly fallback?: number;
}

const EXPIRES_IN: Field = { name: 'expires_in_seconds', min: 1, max: 600 };
const MAX_SESSION: Field = {
  name: 'max_session_duration_seconds',
  min: 60,
  max: LONGEST_SESSION_SECONDS,
  fallback: LONGEST_SESSION_SECONDS,
};

/** Reads the query of `GET /v3/token`. */
export function readTokenRequest(query: URLSearchParams): TokenRequest {
  const expiresIn = readField(query, EXPIRES_IN);
  const maxSession = readField(query, MAX_SESSION);
  if (typeof expiresIn === 'number' && typeof maxSession === 'number') {
    const terms = { expiresInSeconds: expiresIn, maxSessionSeconds: maxSession };
    return { kind: 'valid', terms };
  }
  const detail = [expiresIn, maxSession].filter((answer) => typeof answer !== 'number');
  return { kind: 'invalid', detail };
}

function readField(query: URLSearchParams, field: Field): number | Complaint {
  const input = query.get(field.name);
  const loc = ['query', field.name] as const;
  if (input === null) {
    return field.fallback ?? { type: 'missing', loc, msg: 'Field required', input };
  }
  if (!/^-?\d{1,15}$/.test(input)) {
    const msg = 'Input should be a valid integer, unable to parse string as an integer';
    return { type: 'int_parsing', loc, msg, input };
  }
  const value = Number(input);
  const { min, max } = field;
  if (value < min) {
    const msg = `Input should be greater than or equal to ${min}`;
    return { type: 'greater_than_equal', loc, msg, input, ctx: { ge: min } };
  }
  if (value > max) {
    const msg = `Input should be less than or equal to ${max}`;
    return { type: 'less_than_equal', loc, msg, input, ctx: { le: max } };
  }
  return value;
}
