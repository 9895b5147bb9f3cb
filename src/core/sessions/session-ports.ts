import type { Fault } from '../assemblyai/close-codes.ts';
import type { ServerMessage, Turn } from '../assemblyai/messages.ts';
import type { Clock, OpenSocket } from '../ports.ts';

/** What one session came to. */
export interface SessionSummary {
  /** Absent when the session was terminated or aborted as asked. */
  readonly fault?: Fault;
  /** `terminated` when a `Termination` came, which follows the last words. */
  readonly ending: 'terminated' | 'cut';
  /** The words of turns that were never finalized. */
  readonly unsaved?: string;
  readonly sessionId?: string;
  /** 0 where the socket was not closed by the other side. */
  readonly closeCode: number;
  readonly closeReason: string;
  readonly audioSeconds: number;
  readonly billedSeconds: number;
  /** True unless the service itself told the billed seconds. */
  readonly billedIsEstimate: boolean;
  /** How far it got. */
  readonly reached: 'nothing' | 'open' | 'begun';
  /** From the open socket to its end. */
  readonly livedMs: number;
  readonly framesSetAside: number;
}

export interface SessionListener {
  onBegin(begin: Extract<ServerMessage, { kind: 'begin' }>): void;
  onSpeechStarted(): void;
  /** Every Turn as it comes, duplicates included: for the silence rule. */
  onTurn(turn: Turn): void;
  onPreview(turn: Turn): void;
  /** A finished turn, once each and in order. */
  onFinal(turn: Turn): void;
  /** A turn the service went past without finishing it. */
  onPassedOver(turn: Turn): void;
  onWarning(code: number, text: string): void;
  /** Once; nothing follows. */
  onEnd(summary: SessionSummary): void;
}

export interface SessionPorts {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly listener: SessionListener;
}
