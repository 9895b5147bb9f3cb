import type { WireServerMessage } from '../../../src/protocol/index.ts';

type Kind = 'number' | 'text' | 'uuid' | 'whole' | 'share' | 'flag' | 'words' | 'object';

/**
 * The required fields of every message, as the vendor's AsyncAPI files of 2026-03-18 have them, and
 * those they leave out as the vendor's SDK of 2026-09 reads them and as captured live in 2026-09.
 */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  Begin: { id: 'uuid', expires_at: 'whole', configuration: 'object' },
  SpeechStarted: { timestamp: 'whole', confidence: 'share' },
  Turn: {
    turn_order: 'whole',
    turn_is_formatted: 'flag',
    end_of_turn: 'flag',
    transcript: 'text',
    utterance: 'text',
    end_of_turn_confidence: 'share',
    words: 'words',
  },
  Termination: { audio_duration_seconds: 'whole', session_duration_seconds: 'whole' },
  Warning: { warning_code: 'whole', warning: 'text' },
  Heartbeat: {
    total_audio_received_ms: 'whole',
    total_duration_ms: 'whole',
    realtime_factor: 'number',
    max_speech_probability: 'share',
  },
  Error: { error_code: 'whole', error: 'text' },
};
const WORD: Readonly<Record<string, Kind>> = {
  text: 'text',
  start: 'whole',
  end: 'whole',
  confidence: 'share',
  word_is_final: 'flag',
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const CHECKS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  text: (value) => typeof value === 'string',
  uuid: (value) => typeof value === 'string' && UUID.test(value),
  whole: (value) => Number.isInteger(value) && Number(value) >= 0,
  share: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  flag: (value) => typeof value === 'boolean',
  words: (value) => Array.isArray(value) && value.every((word) => faults(word, WORD).length === 0),
  object: (value) => typeof value === 'object' && value !== null,
};

/** The message itself, or an error that names what breaks the vendor's schema. */
export function assertValid(message: unknown): WireServerMessage {
  const type = Object(message)['type'];
  const required = REQUIRED[String(type)];
  if (!required) throw new Error(`no message of v3: ${String(type)}`);
  const wrong = faults(message, required);
  if (wrong.length > 0) throw new Error(`${type} breaks the schema in ${wrong.join(', ')}`);
  if (type === 'Turn' && Object.keys(Object(message)).at(-1) !== 'type') {
    throw new Error('type is the last key of a Turn on the wire');
  }
  return message as WireServerMessage;
}

function faults(value: unknown, required: Readonly<Record<string, Kind>>): readonly string[] {
  return Object.entries(required)
    .filter(([name, kind]) => !CHECKS[kind](Object(value)[name]))
    .map(([name]) => name);
}
