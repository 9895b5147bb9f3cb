import type { DictationError } from './errors.ts';

/** The only source of time in the core. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  now(): number;
  /** Unix milliseconds by the wall clock, which may jump: for expiry dates and system sleep only. */
  unixMs(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, task: () => void): () => void;
}

/** How a socket came to its end. Exactly one of these is reported per socket. */
export type SocketEnding =
  /** The WebSocket was open and closed. 1005: no code given, 1006: dropped without a close frame. */
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  /** An HTTP answer came instead of the upgrade: a proxy, a login page, a wrong path. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No connection: DNS, TCP or TLS. `errno` is the system's name, such as ECONNREFUSED. */
  | { readonly kind: 'unreachable'; readonly errno: string };

export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  /** The service sends text only; a binary frame is counted and set aside. */
  onBinary(): void;
  /** The other side answered the ping that carried `mark`; NaN where it made one up. */
  onPong(mark: number): void;
  /** Once, whatever happened; nothing follows. */
  onEnd(ending: SocketEnding): void;
}

export interface Socket {
  /** Bytes handed over that the network has not taken yet. */
  readonly bufferedAmount: number;
  /** Does nothing unless the socket is open. The bytes are the caller's again when it returns. */
  send(data: string | Uint8Array): void;
  /** Asks the other side for a pong with this number; does nothing unless the socket is open. */
  ping(mark: number): void;
  /** Closes with a handshake; `onEnd` follows. */
  close(code: number): void;
  /** Drops the connection now; `onEnd` follows. May be called in any state, and twice. */
  abort(): void;
}

export interface SocketRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type OpenSocket = (request: SocketRequest, listener: SocketListener) => Socket;

/** What every audio source delivers: PCM signed 16-bit little-endian, mono. */
export const SAMPLE_RATE_HZ = 16_000;

export type AudioEnding =
  /** All there was has been delivered: end of file, or `stop()` drained the recorder. */
  { readonly kind: 'ended' } | { readonly kind: 'failed'; readonly error: DictationError };

export interface AudioListener {
  /** PCM of any length, odd lengths included. The array is the listener's to keep. */
  onAudio(pcm: Uint8Array): void;
  /** Once; nothing follows. */
  onEnd(ending: AudioEnding): void;
  /** Something the person should know while recording goes on. */
  onWarning(code: string, message: string): void;
}

/** A microphone, a file or standard input. */
export interface AudioSource {
  /**
   * `live`: what is not taken now is lost (a microphone). `stored`: it waits, and has an end (a file).
   * `piped`: it waits, and may go on for ever, so the limits of a microphone hold.
   */
  readonly kind: 'live' | 'stored' | 'piped';
  /** The device's or the file's name, for people. */
  readonly name: string;
  /** How long it is, where that is known before it is heard. */
  readonly durationMs?: number;
  /** What to do when it gives zeros only: the second half of a sentence. */
  readonly silenceAdvice?: string;
  start(listener: AudioListener): RunningAudio;
}

export interface RunningAudio {
  /** Ends the capture, delivers what is on the way, then `onEnd`. May be called twice. */
  stop(): void;
  /** Ends the capture at once; what is on the way is dropped. `onEnd` follows. May be called twice. */
  abort(): void;
  /** Holds a stored source back; a live source ignores it. */
  setPaused(state: 'paused' | 'running'): void;
}
