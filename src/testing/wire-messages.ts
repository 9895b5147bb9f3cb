import type {
  WireBegin,
  WireError,
  WireServerMessage,
  WireTurn,
  WireWord,
} from '../protocol/index.ts';

/** A message as the service would send it, or text and bytes as it should never send them. */
export type ServerFrame = WireServerMessage | string | Uint8Array;

interface TurnText {
  readonly order: number;
  readonly text: string;
  /** Milliseconds of session audio; the words share the time in between evenly. */
  readonly startMs: number;
  readonly endMs: number;
}

/** A Pro model's preview: the whole turn so far, no word of it settled. */
export function partialTurn(turn: TurnText): WireTurn {
  return { ...wireTurn(turn), end_of_turn: false, end_of_turn_confidence: 0, utterance: '' };
}

/** A Pro model's only final. */
export function finalTurn(turn: TurnText): WireTurn {
  const words = wireTurn(turn).words.map((word) => ({ ...word, word_is_final: true }));
  return { ...wireTurn(turn), words };
}

/** The first of the two finals a US model sends when asked to format. */
export function unformattedTurn(turn: TurnText): WireTurn {
  return { ...finalTurn(turn), turn_is_formatted: false };
}

/** What US models add on `Terminate`, with the next `turn_order`. */
export function emptyFinal(order: number): WireTurn {
  return { ...finalTurn({ order, text: '', startMs: 0, endMs: 0 }), turn_is_formatted: false };
}

export function speechStarted(atMs: number): WireServerMessage {
  return { type: 'SpeechStarted', timestamp: atMs, confidence: 0.9 };
}

export function errorMessage(code: number, text: string): WireError {
  return { type: 'Error', error_code: code, error: text };
}

export function beginMessage(begin: {
  readonly id: string;
  readonly expiresAt: number;
  readonly model: string;
}): WireBegin {
  return {
    type: 'Begin',
    id: begin.id,
    expires_at: begin.expiresAt,
    configuration: {
      model: begin.model,
      mode: null,
      api_version: '2025-05-12',
      speaker_labels: false,
      redact_pii: false,
      filter_profanity: false,
      domain: null,
      voice_focus: null,
    },
  };
}

function wireTurn({ order, text, startMs, endMs }: TurnText): WireTurn {
  return {
    turn_order: order,
    end_of_turn: true,
    turn_is_formatted: true,
    end_of_turn_confidence: 1,
    transcript: text,
    utterance: text,
    words: spread(text.split(' ').filter(Boolean), startMs, endMs),
    type: 'Turn',
  };
}

function spread(texts: readonly string[], startMs: number, endMs: number): readonly WireWord[] {
  const at = (index: number) => Math.round(startMs + ((endMs - startMs) * index) / texts.length);
  return texts.map((text, index) => ({
    text,
    start: at(index),
    end: at(index + 1),
    confidence: 0.9,
    word_is_final: false,
  }));
}
