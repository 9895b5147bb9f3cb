import { DictationError, type ErrorCode } from '../errors.ts';
import type { SocketEnding } from '../ports.ts';
import { isAssemblyAi } from './request.ts';

/** How one session ended without being asked to; `host` is whom it was opened at, for people. */
export type Fault = {
  readonly host?: string;
} /** `error` is the text of an `Error` frame, which says more than the close reason does. */ & (
  | { readonly kind: 'socket'; readonly ending: SocketEnding; readonly error?: string }
  /** No `Begin` within the connect limit. */
  | { readonly kind: 'no-begin' }
  /** No session could be asked for: no key, no token, no local engine. */
  | { readonly kind: 'no-access'; readonly error: DictationError }
  /** The link took no more data, or answered no ping. */
  | { readonly kind: 'stalled' }
  /** More messages than any speech makes. */
  | { readonly kind: 'flooded' }
);

/** What protocol and experience say to do about it. */
export type Advice =
  /** A new session may well work. */
  | 'retry'
  /** The account opens sessions too fast; wait longer before the next. */
  | 'retry-slowly'
  /** Only with a new temporary token; a permanent key stays refused. */
  | 'retry-with-new-token'
  /** The service hung up on a silent client: the end that was wanted. */
  | 'idle'
  /** The same request would fail again. */
  | 'give-up';

export interface Verdict {
  readonly advice: Advice;
  readonly error: DictationError;
}

interface Rule {
  readonly codes: readonly number[];
  /** Codes are shared by unlike causes, so the text decides where it can. */
  readonly text?: RegExp;
  readonly advice: Advice;
  readonly error: ErrorCode;
  /** `{account}` becomes the place where the person finds key and account. */
  readonly message: string;
}

/** First match wins. Sources: the vendor's error pages of 2026 and live captures of 2026-06 to 09. */
const RULES: readonly Rule[] = [
  {
    codes: [1008, 3009],
    text: /too many/i,
    advice: 'retry-slowly',
    error: 'rate-limited',
    message:
      'The service refuses more sessions from this account for now; wait a minute and try again',
  },
  {
    codes: [1008],
    text: /expired/i,
    advice: 'retry-with-new-token',
    error: 'key-refused',
    message: 'The temporary token has expired; start again to get a new one',
  },
  {
    // Seen for good keys, sporadically (assemblyai-node-sdk #97).
    codes: [1008],
    text: /incorrect padding/i,
    advice: 'retry',
    error: 'key-refused',
    message: 'The service could not read the key; check it for missing characters',
  },
  {
    codes: [1008],
    text: /balance|billing|funds|credit|payment|disabled|suspended|account/i,
    advice: 'give-up',
    error: 'account-refused',
    message: 'The account was refused; check its balance and status at {account}',
  },
  {
    codes: [1008],
    advice: 'give-up',
    error: 'key-refused',
    message: 'The key was refused; check it at {account} and set it again',
  },
  {
    codes: [3006],
    text: /inactivity/i,
    advice: 'idle',
    error: 'session-expired',
    message: 'The service ended a session that received no audio',
  },
  {
    codes: [3006],
    advice: 'give-up',
    error: 'request-refused',
    message: 'The service did not accept the request',
  },
  {
    codes: [3007],
    text: /rate exceeded/i,
    advice: 'retry',
    error: 'audio-refused',
    message: 'The service received audio faster than it takes it',
  },
  {
    codes: [3007, 1009],
    advice: 'give-up',
    error: 'audio-refused',
    message:
      'The service refused the shape of the audio messages, which is a fault of Lull; please report it',
  },
  {
    codes: [3008],
    advice: 'retry',
    error: 'session-expired',
    message: 'The session reached its longest duration',
  },
  {
    codes: [1011, 1012, 1013, 3005],
    advice: 'retry',
    error: 'service-failed',
    message: 'The service failed; it usually works again after a moment',
  },
  {
    codes: [1002, 1003, 1007],
    advice: 'retry',
    error: 'service-failed',
    message: 'The service broke the rules of its protocol; check the endpoint',
  },
  {
    codes: [1000, 1001, 1005, 1006],
    advice: 'retry',
    error: 'connection-lost',
    message: 'The connection to the service was lost; check the network and start again',
  },
];

/** Classifies the end of a session nobody asked for, by code and by text. */
export function judge(fault: Fault): Verdict {
  const service = fault.host === undefined ? 'The service' : `The service at ${fault.host}`;
  switch (fault.kind) {
    case 'no-begin':
      return verdict(
        'retry',
        'connect-timeout',
        `${service} did not begin a session in time; check the network and start again`,
      );
    case 'no-access':
      // A token server may be down as any other; a missing key will not turn up.
      return {
        advice: fault.error.area === 'service' ? 'retry' : 'give-up',
        error: fault.error,
      };
    case 'stalled':
      return verdict(
        'retry',
        'connection-lost',
        `${service} does not answer any more; check the network and start again`,
      );
    case 'flooded':
      return verdict(
        'give-up',
        'service-failed',
        `${service} sent more messages than any speech makes; check the endpoint`,
      );
    case 'socket':
      return judgeSocket(fault, { service, account: accountOf(fault.host) });
    default:
      return fault satisfies never;
  }
}

function judgeSocket(
  { ending, error: errorText }: Extract<Fault, { kind: 'socket' }>,
  { service, account }: { readonly service: string; readonly account: string },
): Verdict {
  switch (ending.kind) {
    case 'unreachable':
      return judgeUnreachable(ending.errno, service);
    case 'refused':
      return judgeRefusal(ending.status, { service, account });
    case 'closed': {
      // Deployments of 2025 put the text into the close reason and sent no Error frame.
      const text = errorText ?? ending.reason;
      const rule = RULES.find(
        (each) => each.codes.includes(ending.code) && (each.text?.test(text) ?? true),
      );
      const { advice, error, message } = rule ?? UNKNOWN_CODE;
      const sentence = message.replace('{account}', account);
      return verdict(advice, error, `${sentence} (${described(ending.code, text)})`);
    }
    default:
      return ending satisfies never;
  }
}

/** Only AssemblyAI's keys are at its dashboard. */
function accountOf(host: string | undefined): string {
  return host === undefined || isAssemblyAi(`wss://${host}`) ? 'assemblyai.com/dashboard' : host;
}

const UNKNOWN_CODE = {
  advice: 'give-up',
  error: 'service-failed',
  message: 'The service ended the session for a reason Lull does not know',
} as const;

function judgeUnreachable(errno: string, service: string): Verdict {
  if (isCertificateFault(errno)) {
    return verdict(
      'give-up',
      'unreachable',
      `${service} has a certificate that is not trusted (${errno}); behind a company proxy, point NODE_EXTRA_CA_CERTS at its certificate file`,
    );
  }
  return verdict(
    'retry',
    'unreachable',
    `${service} cannot be reached (${errno}); check the network and the endpoint`,
  );
}

/** Whether the system's name for a failed connection, or its sentence, is about a certificate. */
export function isCertificateFault(errno: string): boolean {
  return /CERT|VERIFY|SIGNATURE|SELF.SIGNED|ALTNAME|UNKNOWNISSUER/i.test(errno);
}

function judgeRefusal(
  status: number,
  { service, account }: { readonly service: string; readonly account: string },
): Verdict {
  if (status === 101) {
    const message = `${service} answered, but not as a speech service does; check the endpoint`;
    return verdict('give-up', 'handshake-refused', message);
  }
  if (status === 401 || status === 403) {
    return verdict(
      'give-up',
      'key-refused',
      `The key was refused (HTTP ${status}); check it at ${account} and set it again`,
    );
  }
  if (status === 429) {
    return verdict(
      'retry-slowly',
      'rate-limited',
      'Too many requests (HTTP 429); wait a minute and try again',
    );
  }
  const message = `${service} answered with HTTP ${status} instead of a connection; check the endpoint and any proxy on the way`;
  return verdict(status >= 500 ? 'retry' : 'give-up', 'handshake-refused', message);
}

/** The service's own words, bounded and without anything a terminal would obey. */
function described(code: number, text: string): string {
  const clean = text
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .trim()
    .slice(0, 160);
  return clean === '' || clean === GENERIC_REASON ? `code ${code}` : `code ${code}: ${clean}`;
}

/** What every close says when an `Error` frame came before it (live, 2026-09). */
const GENERIC_REASON = 'See Error message for details';

function verdict(advice: Advice, code: ErrorCode, message: string): Verdict {
  return { advice, error: new DictationError(code, message) };
}
