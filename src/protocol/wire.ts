/**
 * The messages of Universal Streaming v3 exactly as they travel. Only this folder and those who
 * play the service, the local engine and `src/testing`, know these names; everything else uses those of
 * `decode.ts`. What is left out here, such as `Silence` and `SpeakerRevision`, passes by.
 *
 * Sources: the vendor's AsyncAPI files of 2026-03-18 and, where newer, its streaming reference and
 * `assemblyai` 4.41.5 (2026-09-26).
 */

export interface WireWord {
  readonly text: string;
  /** Milliseconds of session audio. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly word_is_final: boolean;
  readonly speaker?: string;
  readonly speaker_confidence?: number;
}

export interface WireBegin {
  readonly type: 'Begin';
  /** UUID; quote it in bug reports to the vendor. */
  readonly id: string;
  /** Unix seconds. */
  readonly expires_at: number;
  /** Since mid-2026; echoes eight settings, of which the model is the one worth checking. */
  readonly configuration?: {
    readonly model: string;
    readonly mode: string | null;
    readonly api_version: string;
    readonly speaker_labels: boolean;
    readonly redact_pii: boolean;
    readonly filter_profanity: boolean;
    readonly domain: string | null;
    readonly voice_focus: string | null;
  };
}

/** Pro models only; just before the first partial of a turn. */
export interface WireSpeechStarted {
  readonly type: 'SpeechStarted';
  /** Milliseconds of session audio at the onset. */
  readonly timestamp: number;
  readonly confidence: number;
}

export interface WireTurn {
  readonly turn_order: number;
  /** The only reliable mark of a final. */
  readonly end_of_turn: boolean;
  /** Carries no information on Pro models, whose partials have it too. */
  readonly turn_is_formatted: boolean;
  readonly end_of_turn_confidence: number;
  /** Pro: the whole turn so far. US: finalized words only. */
  readonly transcript: string;
  /** US: a finalized chunk at a short pause, which may come before the end of the turn. */
  readonly utterance: string;
  readonly words: readonly WireWord[];
  readonly language_code?: string;
  readonly language_confidence?: number;
  readonly speaker_label?: string;
  readonly speaker_confidence?: number;
  /** The last key on the wire (seen live, 2026-09): parse, never match a prefix. */
  readonly type: 'Turn';
}

/** The last message of a session that was terminated. Not sent when it ends by `Error`. */
export interface WireTermination {
  readonly type: 'Termination';
  readonly audio_duration_seconds: number;
  /** What is billed. */
  readonly session_duration_seconds: number;
}

/** Followed by a close with the same code and a fixed reason, so the text is only here. */
export interface WireError {
  readonly type: 'Error';
  readonly error_code?: number;
  readonly error: string;
}

export interface WireWarning {
  readonly type: 'Warning';
  readonly warning_code: number;
  readonly warning: string;
}

/** About every 5 s when `session_heartbeat` is on. */
export interface WireHeartbeat {
  readonly type: 'Heartbeat';
  readonly total_audio_received_ms: number;
  readonly total_duration_ms: number;
  /** Above 1 for long, close 3007 is coming. */
  readonly realtime_factor: number;
  readonly max_speech_probability: number;
}

export type WireServerMessage =
  | WireBegin
  | WireSpeechStarted
  | WireTurn
  | WireTermination
  | WireError
  | WireWarning
  | WireHeartbeat;
