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
  | { readonly kind: 'error'; readonly code?: number; readonly text: string }
  | { readonly kind: 'warning'; readonly code: number; readonly text: string };

export type Decoded =
  | { readonly kind: 'message'; readonly message: ServerMessage }
  /** A type this client has no use for, or does not know yet. */
  | { readonly kind: 'passed-by' }
  /** Not a message of the protocol. `flaw` names the field, never its content. */
  | { readonly kind: 'set-aside'; readonly flaw: string };
