import type { DictationEvent, DictationTrace, EngineName } from './events.ts';
import type { DictationSettings } from './options.ts';
import type { AudioSource, Clock, OpenSocket } from './ports.ts';

/** Where and how one session is opened; asked for anew for every session. */
export interface SessionAccess {
  readonly endpoint: string;
  /** Holds `Authorization` where a permanent key is used. */
  readonly headers: Readonly<Record<string, string>>;
  /** A temporary token, instead of the header. */
  readonly token?: string | undefined;
}

/** Everything one dictation needs from outside. */
export interface DictationRequest {
  /** What is to be expected may change on the way. */
  settings: DictationSettings;
  readonly engine: EngineName;
  /** `free` for an engine on this machine: what its sessions last is no bill. */
  readonly billing: 'billed' | 'free';
  /** May reject with a `DictationError`, which ends the dictation. */
  access(): Promise<SessionAccess>;
  readonly source: AudioSource;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  /** A number from 0 to 1, a new one each time: spreads out reconnects. */
  chance(): number;
  onEvent(event: DictationEvent): void;
  onTrace(trace: DictationTrace): void;
}

/** A whole recording on this machine goes as fast as it is decoded, unless a limit may cut it. */
export function isHeardAtOnce({ engine, source, settings }: DictationRequest): boolean {
  const { silenceMs, noSpeechMs, maxMs } = settings;
  return engine === 'local' && source.kind !== 'live' && silenceMs + noSpeechMs + maxMs === 0;
}
