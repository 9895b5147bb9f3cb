import type { ErrorCode } from './errors.ts';

/** Why a dictation ended. The first reason wins. */
export type EndReason =
  | 'silence'
  | 'no-speech'
  | 'user'
  | 'audio-ended'
  | 'max-duration'
  | 'budget'
  | 'suspended'
  | 'error';

/** What a countdown is running towards. */
export type CountdownReason = 'silence' | 'no-speech' | 'max-duration';

/** Times are milliseconds of audio since the first sample of the dictation. */
export interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export type EngineName = 'assemblyai' | 'local';

/** Everything that happens in one dictation, in order. As JSON it is a line of the command line's output. */
export type DictationEvent =
  /** Real samples are flowing. */
  | { readonly type: 'listening'; readonly engine: EngineName; readonly device: string }
  /** `expiresAt` is Unix seconds, as the service gives it. */
  | {
      readonly type: 'begin';
      readonly sessionId: string;
      readonly model: string;
      readonly expiresAt?: number;
    }
  /** A preview of turn `turn`; the next one replaces it. */
  | { readonly type: 'partial'; readonly turn: number; readonly text: string }
  /** A finished turn: once each, in order. */
  | {
      readonly type: 'final';
      readonly turn: number;
      readonly text: string;
      readonly startMs: number;
      readonly endMs: number;
      readonly words: readonly Word[];
      readonly sessionId: string;
    }
  /** The stop is near: once when the warning begins and then at every whole second. */
  | {
      readonly type: 'countdown';
      readonly remainingMs: number;
      readonly reason: CountdownReason;
    }
  /** The countdown that was shown no longer runs. */
  | { readonly type: 'countdown-cleared' }
  /** `code` is the close code of the session that was lost, 0 where no socket opened. */
  | {
      readonly type: 'reconnecting';
      readonly attempt: number;
      readonly delayMs: number;
      readonly code: number;
    }
  | { readonly type: 'warning'; readonly code: string; readonly message: string }
  | { readonly type: 'error'; readonly code: ErrorCode; readonly message: string }
  | {
      readonly type: 'end';
      readonly reason: EndReason;
      readonly finals: number;
      readonly audioSeconds: number;
      readonly billedSeconds: number;
      readonly billedIsEstimate: boolean;
      /** List price; 0 where nothing is billed, absent for a model whose price is not known. */
      readonly costUsd?: number;
      /** Words heard but never finalized by the service. */
      readonly unsavedText?: string;
    };

/** What goes on behind the events: for a log, `--verbose` and the last seconds of a dictation. */
export type DictationTrace =
  | { readonly type: 'connecting'; readonly endpoint: string }
  | { readonly type: 'stopping'; readonly reason: EndReason }
  /** The engine on this machine has so much audio still to listen to. */
  | { readonly type: 'behind'; readonly behindMs: number }
  /** So much of a recording was listened to, in so much time since a session first was there for it. */
  | { readonly type: 'heard'; readonly audioMs: number; readonly tookMs: number }
  /** A frame that is no message of the protocol; `flaw` names the field, never its content. */
  | { readonly type: 'frame-set-aside'; readonly flaw: string }
  | {
      readonly type: 'session-ended';
      readonly sessionId?: string;
      /** Close code of the socket, 0 where none opened. */
      readonly closeCode: number;
      readonly closeReason: string;
      readonly audioSeconds: number;
      readonly billedSeconds: number;
      readonly billedIsEstimate: boolean;
      readonly framesSetAside: number;
    };
