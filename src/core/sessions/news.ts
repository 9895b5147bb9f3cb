import type { ServerMessage, Turn } from '../../protocol/index.ts';
import type { Fault } from '../assemblyai/close-codes.ts';
import type { DictationError } from '../errors.ts';
import type { Final } from '../words/transcript.ts';

export type Begin = Extract<ServerMessage, { kind: 'begin' }>;

/** Everything one session reports while it runs. Times are milliseconds of its own audio. */
export type SessionNews =
  | { readonly kind: 'begun'; readonly begin: Begin }
  /** New words or the onset of a voice; `endMs` is where the last word ended, where that is known. */
  | { readonly kind: 'speech'; readonly endMs?: number }
  /** The words already heard ended a little later than first said. */
  | { readonly kind: 'speech-refined'; readonly endMs: number }
  /** `final`: once each, in order. `left`: the service went past the turn without finishing it. */
  | { readonly kind: 'partial' | 'final' | 'left'; readonly turn: Turn }
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** How much of the audio the engine on this machine has listened to so far. */
  | { readonly kind: 'decoded'; readonly decodedMs: number }
  /** A frame that is no message of the protocol; `flaw` names the field, never its content. */
  | { readonly kind: 'set-aside'; readonly flaw: string }
  /** Once; nothing follows. */
  | { readonly kind: 'ended'; readonly summary: SessionSummary };

/** How a session ended, in the session's own eyes. */
export interface SessionEnding {
  /** Absent when it was terminated as asked, or aborted. */
  readonly fault?: Fault;
  /** What `Termination` said, where it came. */
  readonly totals?: { readonly audioSeconds?: number; readonly sessionSeconds?: number };
  /** The words of turns that were never finalized. */
  readonly unsaved?: string;
}

/** What one session came to. */
export interface SessionSummary extends Omit<SessionEnding, 'totals'> {
  /** `terminated` when a `Termination` came, which follows the last words. */
  readonly ending: 'terminated' | 'cut';
  readonly sessionId?: string;
  /** The model that the service applied, where it said so. */
  readonly model?: string;
  /** 0 where the socket was not closed by the other side. */
  readonly closeCode: number;
  readonly closeReason: string;
  readonly audioSeconds: number;
  readonly billedSeconds: number;
  /** True unless the service itself told the billed seconds. */
  readonly billedIsEstimate: boolean;
  /** How far it got. */
  readonly reached: 'nothing' | 'open' | 'begun';
  /** Finals it delivered. */
  readonly finals: number;
  /** From the open socket to its end. */
  readonly livedMs: number;
  readonly framesSetAside: number;
}

/** What the sessions report, as if they were one. Times are milliseconds of the dictation's audio. */
export type SessionsNews =
  | { readonly kind: 'connecting'; readonly endpoint: string }
  | Extract<SessionNews, { kind: 'begun' | 'speech' | 'speech-refined' | 'warning' | 'set-aside' }>
  /** Audio flows into a session. */
  | { readonly kind: 'leading' }
  /** The engine on this machine has so much audio still to listen to. */
  | { readonly kind: 'decoded'; readonly behindMs: number }
  | { readonly kind: 'partial'; readonly text: string }
  | { readonly kind: 'final'; readonly final: Final; readonly sessionId: string }
  /** Words that no final will hold. */
  | { readonly kind: 'left'; readonly text: string }
  /** One session ended and is billed. */
  | { readonly kind: 'billed'; readonly summary: SessionSummary }
  /**
   * No session is left; `last` is absent where there was none. `pending`: words up to `endMs` that it
   * had heard and another one may hear again.
   */
  | {
      readonly kind: 'over';
      readonly last?: SessionSummary;
      readonly pending?: { readonly text: string; readonly endMs: number };
    }
  /** No session could be asked for. */
  | { readonly kind: 'no-access'; readonly error: DictationError };
