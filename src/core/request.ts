import type { DictationError } from './errors.ts';
import type { DictationEvent, EngineName } from './events.ts';
import type { DictationSettings } from './options.ts';
import type { AudioSource, Clock, OpenSocket } from './ports.ts';

/** Where and how one session is opened; asked for anew for every session. */
export interface SessionAccess {
  readonly endpoint: string;
  /** Holds `Authorization` where a permanent key is used. */
  readonly headers: Readonly<Record<string, string>>;
  /** A temporary token, instead of the header. */
  readonly token?: string;
}

/** Everything one dictation needs from outside. */
export interface DictationRequest {
  readonly settings: DictationSettings;
  readonly engine: EngineName;
  /** May reject with a {@link DictationError}, which ends the dictation. */
  access(): Promise<SessionAccess>;
  readonly source: AudioSource;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  /** A number from 0 to 1, a new one each time: spreads out reconnects. */
  chance(): number;
  onEvent(event: DictationEvent): void;
}
