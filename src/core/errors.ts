/** What part of the world an error belongs to; the CLI's exit code follows from it. */
export type ErrorArea =
  | 'usage'
  | 'account'
  | 'service'
  | 'recorder'
  | 'audio'
  | 'output'
  | 'internal';

/** Every code a program can branch on, and where it belongs. */
const AREAS = {
  'invalid-option': 'usage',
  'no-key': 'account',
  'malformed-key': 'account',
  'key-refused': 'account',
  'account-refused': 'account',
  unreachable: 'service',
  'connect-timeout': 'service',
  'handshake-refused': 'service',
  'rate-limited': 'service',
  'request-refused': 'service',
  'audio-refused': 'service',
  'session-expired': 'service',
  'service-failed': 'service',
  'connection-lost': 'service',
  'engine-unavailable': 'service',
  'recorder-missing': 'recorder',
  'recorder-failed': 'recorder',
  'device-missing': 'recorder',
  'no-samples': 'recorder',
  'audio-missing': 'audio',
  'audio-unreadable': 'audio',
  'output-failed': 'output',
  internal: 'internal',
} as const satisfies Record<string, ErrorArea>;

export type ErrorCode = keyof typeof AREAS;

/**
 * Anything that ends or refuses a dictation. `message` is a sentence for people, without a full
 * stop, that says what happened and what to do next; it holds no key, token, audio or transcript.
 */
export class DictationError extends Error {
  override readonly name = 'DictationError';
  readonly code: ErrorCode;
  /** What only somebody who looks into it wants to read, such as all that was tried. */
  readonly detail: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    { detail, ...options }: { readonly cause?: unknown; readonly detail?: string | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }

  get area(): ErrorArea {
    return AREAS[this.code];
  }
}

/**
 * Anything thrown, as a DictationError. `unforeseen` is the sentence for what nobody reckoned with.
 * The engine is a bundle of its own, so its errors are of a class of the same name and another
 * identity.
 */
export function asDictationError(
  thrown: unknown,
  unforeseen = 'Something went wrong inside Lull; please report it',
): DictationError {
  if (thrown instanceof DictationError) return thrown;
  if (isOfAnotherBundle(thrown)) {
    return new DictationError(thrown.code, thrown.message, { cause: thrown });
  }
  return new DictationError('internal', unforeseen, { cause: thrown });
}

function isOfAnotherBundle(thrown: unknown): thrown is Error & { readonly code: ErrorCode } {
  if (!(thrown instanceof Error) || thrown.name !== 'DictationError') return false;
  return 'code' in thrown && typeof thrown.code === 'string' && thrown.code in AREAS;
}
