import type { SpeechModel } from '../../protocol/index.ts';
import { DictationError } from '../errors.ts';
import type { EngineName } from '../events.ts';
import type { DictationSettings, Mode } from '../options.ts';
import { SAMPLE_RATE_HZ } from '../ports.ts';

export type Region = 'us' | 'eu';

/** What we send in the address; the local engine knows the rest of what the service takes. */
export interface ConnectionParameters {
  readonly speech_model: string;
  readonly sample_rate: number;
  readonly encoding: 'pcm_s16le';
  /** Seconds without audio or messages. Silent audio counts as activity. */
  readonly inactivity_timeout: number;
  readonly format_turns?: boolean;
  readonly mode?: Mode;
  readonly language_codes?: readonly string[];
  readonly keyterms_prompt?: readonly string[];
  readonly session_heartbeat?: boolean;
  /** A temporary token instead of the `Authorization` header. Never the permanent key. */
  readonly token?: string;
}

const SOCKET_PATH = '/v3/ws';

/** Edge-routed by default; a region keeps the audio in its data zone. */
export function endpointFor(region: Region | undefined): string {
  const zone = region === undefined ? '' : `${region}.`;
  return `wss://streaming.${zone}assemblyai.com${SOCKET_PATH}`;
}

/**
 * The socket address of a server of the person's own: a proxy, a self-hosted stack, a test server.
 * @throws DictationError `invalid-option`
 */
export function checkEndpoint(text: string): string {
  const url = parse(text);
  if (url.protocol !== 'wss:' && url.protocol !== 'ws:') {
    throw refuse('The endpoint must begin with wss:// (or ws:// for a server on this machine)');
  }
  if (url.protocol === 'ws:' && !isLoopback(url.hostname)) {
    throw refuse(
      `The endpoint at ${url.host} is not encrypted, so the key and your voice would travel in the clear; use wss://, or ws:// only for a server on this machine`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw refuse('The endpoint is host, port and path only; leave user, password, ? and # out');
  }
  if (url.pathname === '/') url.pathname = SOCKET_PATH;
  return url.toString();
}

/** True for AssemblyAI's own hosts, the only ones that its key is for. */
export function isAssemblyAi(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'wss:' && hostname.endsWith('.assemblyai.com');
}

/** True for addresses that cannot leave this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/**
 * Zero and `false` are sent, absent is not. A list travels as one JSON string, as the vendor's SDKs
 * send it.
 */
export function buildSessionUrl(endpoint: string, parameters: ConnectionParameters): string {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return url.toString();
}

/** The range the service accepts for `inactivity_timeout`, in seconds. */
const SHORTEST_INACTIVITY = 5;
const LONGEST_INACTIVITY = 3_600;
const INACTIVITY_MARGIN = 5;
const INACTIVITY_WITHOUT_LIMIT = 60;

/** What one session asks of the service, from what the person chose. */
export function connectionParameters(
  { model, mode, languages, keyterms, silenceMs }: DictationSettings,
  { engine, token }: { readonly engine: EngineName; readonly token?: string | undefined },
): ConnectionParameters {
  return {
    speech_model: model.name,
    sample_rate: SAMPLE_RATE_HZ,
    encoding: 'pcm_s16le',
    // Catches a client that hangs with its socket open; silence in the audio does not trigger it.
    inactivity_timeout: inactivitySeconds(silenceMs),
    // The Pro models always format; asking them has no effect.
    ...(asksForFormat(model) ? { format_turns: true } : {}),
    // The US models refuse what only the Pro models know.
    ...(mode === undefined ? {} : { mode }),
    ...(languages.length > 0 ? { language_codes: languages } : {}),
    ...(keyterms.length > 0 ? { keyterms_prompt: keyterms } : {}),
    // The local engine tells in them how much it has listened to.
    ...(engine === 'local' ? { session_heartbeat: true } : {}),
    ...(token === undefined ? {} : { token }),
  };
}

/** Replaces what a session expects; the service answers nothing to it. An empty list clears. */
export function keytermsUpdate(keyterms: readonly string[]): string {
  return JSON.stringify({ type: 'UpdateConfiguration', keyterms_prompt: keyterms });
}

/** How finals of a session look, which decides when one may be delivered. */
export type FinalShape =
  /** Pro models, or formatting not asked for: the one final of a turn is all there is. */
  | 'single'
  /** US models asked to format: an unformatted final may be followed by its formatted copy. */
  | 'maybe-copied';

export function finalShape(model: SpeechModel): FinalShape {
  return asksForFormat(model) ? 'maybe-copied' : 'single';
}

/** US and whisper models send lower-case, unpunctuated finals unless asked. */
function asksForFormat({ family }: SpeechModel): boolean {
  return family !== 'pro';
}

function inactivitySeconds(silenceMs: number): number {
  if (silenceMs === 0) return INACTIVITY_WITHOUT_LIMIT;
  const seconds = Math.ceil(silenceMs / 1_000) + INACTIVITY_MARGIN;
  return Math.min(Math.max(seconds, SHORTEST_INACTIVITY), LONGEST_INACTIVITY);
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw refuse('The endpoint is not an address; write it like wss://host:port', cause);
  }
}

function refuse(message: string, cause?: unknown): DictationError {
  return new DictationError('invalid-option', message, { cause });
}
