/** One word of a turn; times are milliseconds of this session's audio. */
export interface SessionWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly confidence: number;
}

/** A `Turn` message in our words. */
export interface Turn {
  /** Starts at 0 in every session and only grows. */
  readonly order: number;
  readonly isFinal: boolean;
  readonly isFormatted: boolean;
  readonly transcript: string;
  /** Empty where the message had none, or none that made sense. */
  readonly words: readonly SessionWord[];
  /** Why the service withheld the words of this turn, such as redaction that failed. */
  readonly withheld?: string;
}

/** What a session acts upon. Numbers that made no sense are absent. */
export type ServerMessage =
  | {
      readonly kind: 'begin';
      readonly sessionId: string;
      /** Unix seconds. */
      readonly expiresAt?: number;
      /** The model the service chose, where it says so. */
      readonly model?: string;
    }
  | { readonly kind: 'speech-started' }
  | { readonly kind: 'turn'; readonly turn: Turn }
  | {
      readonly kind: 'termination';
      readonly audioSeconds?: number;
      /** What is billed. */
      readonly sessionSeconds?: number;
    }
  /** `decodedMs`: audio that the local engine has listened to. */
  | { readonly kind: 'heartbeat'; readonly decodedMs: number }
  | { readonly kind: 'error'; readonly code?: number; readonly text: string }
  | { readonly kind: 'warning'; readonly code: number; readonly text: string };

export type Decoded =
  | { readonly kind: 'message'; readonly message: ServerMessage }
  /** A type this client has no use for, or does not know yet. */
  | { readonly kind: 'passed-by' }
  /** Not a message of the protocol. `flaw` names the field, never its content. */
  | { readonly kind: 'set-aside'; readonly flaw: string };

type Fields = Readonly<Record<string, unknown>>;

/** No session of the service is longer than 3 hours; a day leaves room and stops nonsense. */
const LONGEST_SECONDS = 86_400;
const MOST_TURNS = 1_000_000;
/** A reason is a sentence. */
const LONGEST_REASON = 160;
/** Names, ids, a word, a sentence of the service's: longer ones are cut. */
const LONGEST_TEXT = 1_000;
/**
 * The service ends a turn after 60 s, which is a thousand characters, and the local engine sooner. What
 * is far beyond that nobody said, and to show and write it would hold up everything else.
 */
const LONGEST_TRANSCRIPT = 16_384;
const MOST_WORDS = 4_096;
/** Unix seconds beyond the year 2286 are taken for milliseconds or garbage. */
const LATEST_UNIX_SECONDS = 9_999_999_999;

/**
 * Reads one text frame. Never throws: a frame that is no message of v3 is set aside, unknown types
 * and fields pass by. A message that matters is kept when only a side field is wrong, because a
 * final must not be lost to a bad word time.
 */
export function decode(frame: string): Decoded {
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return setAside('not JSON');
  }
  if (!isFields(parsed)) return setAside('not an object');
  const type = parsed['type'];
  if (typeof type !== 'string') return setAside('type');
  switch (type) {
    case 'Begin':
      return decodeBegin(parsed);
    case 'SpeechStarted':
      return message({ kind: 'speech-started' });
    case 'Turn':
      return decodeTurn(parsed);
    case 'Termination':
      return message({
        kind: 'termination',
        ...optional('audioSeconds', numberIn(parsed['audio_duration_seconds'])),
        ...optional('sessionSeconds', numberIn(parsed['session_duration_seconds'])),
      });
    case 'Error':
      return message({
        kind: 'error',
        ...optional('code', integerIn(parsed['error_code'], 4_999)),
        text: text(parsed['error']) ?? '',
      });
    case 'Warning':
      return message({
        kind: 'warning',
        code: integerIn(parsed['warning_code'], 999_999) ?? 0,
        text: text(parsed['warning']) ?? '',
      });
    case 'Heartbeat': {
      const decodedMs = numberIn(parsed['total_duration_ms'], LONGEST_SECONDS * 1_000);
      return decodedMs === undefined
        ? { kind: 'passed-by' }
        : message({ kind: 'heartbeat', decodedMs });
    }
    default:
      return { kind: 'passed-by' };
  }
}

function decodeBegin(fields: Fields): Decoded {
  const sessionId = text(fields['id']);
  if (!sessionId) return setAside('Begin.id');
  const configuration = fields['configuration'];
  const model = isFields(configuration) ? text(configuration['model']) : undefined;
  return message({
    kind: 'begin',
    sessionId,
    ...optional('expiresAt', numberIn(fields['expires_at'], LATEST_UNIX_SECONDS)),
    ...optional('model', model),
  });
}

function decodeTurn(fields: Fields): Decoded {
  const order = integerIn(fields['turn_order'], MOST_TURNS);
  if (order === undefined) return setAside('Turn.turn_order');
  const isFinal = fields['end_of_turn'];
  if (typeof isFinal !== 'boolean') return setAside('Turn.end_of_turn');
  const withheld = withholding(fields['error']);
  const transcript =
    text(fields['transcript'], LONGEST_TRANSCRIPT) ?? (withheld === undefined ? undefined : '');
  if (transcript === undefined) return setAside('Turn.transcript');
  const turn: Turn = {
    order,
    isFinal,
    isFormatted: fields['turn_is_formatted'] === true,
    transcript,
    words: decodeWords(fields['words']),
    ...optional('withheld', withheld),
  };
  return message({ kind: 'turn', turn });
}

/** A turn may carry an error instead of its words, for example where redaction failed. */
function withholding(error: unknown): string | undefined {
  if (error === undefined || error === null || error === false || error === '') return undefined;
  const reason = isFields(error) ? (error['message'] ?? error['error']) : error;
  return (text(reason)?.trim() || 'no reason given').slice(0, LONGEST_REASON);
}

/** All of the words, or none: half a list would give a turn the wrong times. */
function decodeWords(value: unknown): readonly SessionWord[] {
  if (!Array.isArray(value) || value.length > MOST_WORDS) return [];
  let characters = 0;
  const words: SessionWord[] = [];
  for (const item of value) {
    if (!isFields(item)) return [];
    const wordText = text(item['text']);
    const startMs = numberIn(item['start'], LONGEST_SECONDS * 1_000);
    const endMs = numberIn(item['end'], LONGEST_SECONDS * 1_000);
    if (wordText === undefined || startMs === undefined || endMs === undefined) return [];
    characters += wordText.length;
    if (endMs < startMs || characters > LONGEST_TRANSCRIPT) return [];
    words.push({
      text: wordText,
      startMs,
      endMs,
      confidence: numberIn(item['confidence'], 1) ?? 0,
    });
  }
  return words;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, longest = LONGEST_TEXT): string | undefined {
  return typeof value === 'string' ? value.slice(0, longest) : undefined;
}

function numberIn(value: unknown, most = LONGEST_SECONDS): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}

function integerIn(value: unknown, most: number): number | undefined {
  return Number.isInteger(value) ? numberIn(value, most) : undefined;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

function message(decoded: ServerMessage): Decoded {
  return { kind: 'message', message: decoded };
}

function setAside(flaw: string): Decoded {
  return { kind: 'set-aside', flaw };
}
