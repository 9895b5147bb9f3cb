/**
 * The messages of Universal Streaming v3 exactly as they travel. Only this folder and the local
 * engine, which plays the server, know these names; everything else uses `messages.ts`.
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

/** About once a second of silence when `acknowledge_silence` is on; Pro models. Ranges can overlap. */
export interface WireSilence {
  readonly type: 'Silence';
  readonly start_ms: number;
  readonly end_ms: number;
}

/** Speaker labels only; the text never changes. */
export interface WireSpeakerRevision {
  readonly type: 'SpeakerRevision';
  readonly revisions: readonly {
    readonly turn_order: number;
    readonly speaker_label: string | null;
    readonly words: readonly WireWord[];
  }[];
}

export interface WireLlmGatewayResponse {
  readonly type: 'LLMGatewayResponse';
  readonly turn_order: number;
  readonly transcript: string;
  readonly data: unknown;
}

export type WireServerMessage =
  | WireBegin
  | WireSpeechStarted
  | WireTurn
  | WireTermination
  | WireError
  | WireWarning
  | WireHeartbeat
  | WireSilence
  | WireSpeakerRevision
  | WireLlmGatewayResponse;

/** What may change while a session runs; the rest is fixed at connect time. No acknowledgement. */
export interface WireConfiguration {
  /** Replaces the list; an empty one clears it. */
  readonly keyterms_prompt?: readonly string[];
  readonly prompt?: string;
  readonly agent_context?: string;
  readonly min_turn_silence?: number;
  /** The name of `min_turn_silence` until 2026-03. */
  readonly min_end_of_turn_silence_when_confident?: number;
  readonly max_turn_silence?: number;
  readonly vad_threshold?: number;
  readonly interruption_delay?: number;
  readonly continuous_partials?: boolean;
  readonly language_codes?: readonly string[];
  readonly mode?: 'min_latency' | 'balanced' | 'max_accuracy';
  readonly session_heartbeat?: boolean;
  readonly acknowledge_silence?: boolean;
  readonly format_turns?: boolean;
  readonly filter_profanity?: boolean;
  readonly end_of_turn_confidence_threshold?: number;
  readonly turn_left_pad_ms?: number;
}

/** Every query parameter of the socket's address. Unknown names are ignored by the service, silently. */
export interface ConnectionParameters extends WireConfiguration {
  readonly speech_model: string;
  /** 8,000 to 96,000 Hz. */
  readonly sample_rate: number;
  readonly encoding?: 'pcm_s16le' | 'pcm_mulaw' | 'opus' | 'ogg_opus' | 'aac';
  /** Seconds without audio or messages, 5 to 3,600. Silent audio counts as activity. */
  readonly inactivity_timeout?: number;
  /** Drops partials entirely when false. */
  readonly include_partial_turns?: boolean;
  /** Milliseconds. */
  readonly max_turn_duration?: number;
  /** 0 to 100; 0 disables the carry-over of earlier turns. */
  readonly previous_context_n_turns?: number;
  readonly language_detection?: boolean;
  /** Deprecated by `language_codes`. */
  readonly language_code?: string;
  /** US models; deprecated. */
  readonly language?: 'en' | 'multi';
  readonly domain?: 'medical-v1';
  readonly speaker_labels?: boolean;
  /** 1 to 10. */
  readonly max_speakers?: number;
  /** Milliseconds; 0 or at least 120,000. */
  readonly speaker_labels_revision_interval_ms?: number;
  readonly redact_pii?: boolean;
  readonly redact_pii_policies?: readonly string[];
  readonly redact_pii_sub?: 'hash' | 'entity_name';
  readonly voice_focus?: 'near-field' | 'far-field';
  /** 0 to 1; refused without `voice_focus`. */
  readonly voice_focus_threshold?: number;
  readonly llm_gateway?: Readonly<Record<string, unknown>>;
  readonly webhook_url?: string;
  readonly webhook_auth_header_name?: string;
  readonly webhook_auth_header_value?: string;
  /** A temporary token instead of the `Authorization` header. Never the permanent key. */
  readonly token?: string;
}
