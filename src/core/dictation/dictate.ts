import { checkEndpoint, endpointFor, isLoopback, type Region } from '../assemblyai/request.ts';
import { type AudioChunks, audioStream } from '../audio/audio-stream.ts';
import { cleanEvent, cleanText } from '../clean.ts';
import { DictationError } from '../errors.ts';
import type { DictationEvent, DictationTrace, EndReason, EngineName } from '../events.ts';
import { checkOptions, type DictationOptions, type OptionsFrame } from '../options.ts';
import { type AudioSource, type Clock, type OpenSocket, SAMPLE_RATE_HZ } from '../ports.ts';
import type { SessionAccess } from '../request.ts';
import { webPorts } from '../web-ports.ts';
import { type DictationEnd, RunningDictation } from './dictation.ts';
import { EventQueue, type Told } from './event-queue.ts';

/** What a dictation needs of its platform; everything has a default of web standards. */
export interface DictationPorts {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  /** A number from 0 to 1, a new one each time: spreads out reconnects. */
  readonly chance: () => number;
  /** What goes on behind the events, for a log; told as the dictation is iterated. */
  readonly onTrace: (trace: DictationTrace) => void;
}

export interface DictateOptions extends DictationOptions {
  /** A source of the host, or a stream of PCM: signed 16-bit little-endian, mono. */
  readonly audio: AudioSource | AudioChunks;
  /** Of a stream of PCM, in Hz. Default 16,000. */
  readonly sampleRateHz?: number;
  /** A permanent key; servers only. Asked for anew for each session. */
  readonly key?: string | (() => string | Promise<string>) | undefined;
  /** A temporary token instead, a new one for each session. */
  readonly token?: (() => string | Promise<string>) | undefined;
  /** `wss:`, or `ws:` for a service on this machine. */
  readonly endpoint?: string | undefined;
  readonly region?: Region;
  /** `local` where the endpoint is the engine of this package, which bills nothing. */
  readonly engine?: EngineName;
  /** `free` for a service that bills nothing; one on this machine that needs no key is free. */
  readonly billing?: 'billed' | 'free';
  /** Ends the dictation gracefully: the last words still come. */
  readonly signal?: AbortSignal | undefined;
  /** What the options are called where the person wrote them. */
  readonly nameOf?: OptionsFrame['nameOf'];
  readonly ports?: Partial<DictationPorts>;
}

/**
 * A dictation that runs. Iterate it for its events; leaving the loop ends it. After the last event
 * the iterator throws the error, where there was one.
 */
export interface Dictation extends AsyncIterableIterator<DictationEvent>, AsyncDisposable {
  /** Resolves after the last word; never rejects. */
  readonly ended: Promise<DictationEnd>;
  /** Ends after the last words. The first reason counts. */
  stop(reason?: Exclude<EndReason, 'error'>): void;
  /** Ends within a second; words still on their way are lost. */
  abort(): void;
  /** Starts the count of silence over. */
  keepListening(): void;
  /**
   * Words to expect from here on, instead of those before; nothing once it has ended.
   * @throws DictationError `invalid-option`, and nothing has changed
   */
  update(changes: Required<Pick<DictationOptions, 'keyterms'>>): void;
}

const NAMES = {
  audio: true,
  sampleRateHz: true,
  key: true,
  token: true,
  endpoint: true,
  region: true,
  engine: true,
  billing: true,
  signal: true,
  nameOf: true,
  ports: true,
  silenceSeconds: true,
  noSpeechSeconds: true,
  warningSeconds: true,
  maxSeconds: true,
  model: true,
  mode: true,
  languages: true,
  locale: true,
  keyterms: true,
} as const satisfies Record<keyof DictateOptions, true>;

/**
 * Starts a dictation at once; it ends by itself.
 * @throws DictationError `invalid-option`, before anything is opened
 */
export function dictate(options: DictateOptions): Dictation {
  refuseUnknownNames(options);
  const source = sourceOf(options);
  const { nameOf = (field: string) => field, signal, ports } = options;
  const { settings, notes } = checkOptions(options, { nameOf, audio: source.kind });
  const { access, billing } = serviceOf(options);
  const { openSocket, clock, chance, onTrace } = { ...webPorts, onTrace: () => {}, ...ports };

  const queue = new EventQueue();
  for (const note of notes) queue.push({ type: 'warning', ...note });
  const foreign = options.languages?.find((language) => !/^en\b/i.test(language));
  if (options.engine === 'local' && foreign !== undefined) {
    const message = `The local engine understands English only; ${nameOf('languages')} ${foreign} is not followed`;
    queue.push({ type: 'warning', code: 'language-unknown', message });
  }
  const running = new RunningDictation({
    settings,
    engine: options.engine ?? 'assemblyai',
    billing,
    access,
    source,
    clock,
    openSocket,
    chance,
    onEvent: (event) => queue.push(cleanEvent(event)),
    onTrace: (trace) => queue.push(cleanEvent(trace)),
  });
  const stop = () => running.stop('user');
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  void running.ended.then(() => signal?.removeEventListener('abort', stop));
  return new Dictating(running, { queue, onTrace, nameOf });
}

class Dictating implements Dictation {
  readonly ended: Promise<DictationEnd>;
  readonly #running: RunningDictation;
  readonly #queue: EventQueue;
  readonly #onTrace: DictationPorts['onTrace'];
  readonly #nameOf: OptionsFrame['nameOf'];
  #error: 'untold' | 'told' = 'untold';

  constructor(
    running: RunningDictation,
    {
      queue,
      onTrace,
      nameOf,
    }: { readonly queue: EventQueue } & Pick<DictationPorts, 'onTrace'> &
      Pick<OptionsFrame, 'nameOf'>,
  ) {
    this.#running = running;
    this.#queue = queue;
    this.#onTrace = onTrace;
    this.#nameOf = nameOf;
    this.ended = running.ended.then(cleanEnd);
  }

  stop(reason: Exclude<EndReason, 'error'> = 'user'): void {
    this.#running.stop(reason);
  }

  abort(): void {
    this.#running.abort();
  }

  keepListening(): void {
    this.#running.keepListening();
  }

  update({ keyterms }: Required<Pick<DictationOptions, 'keyterms'>>): void {
    const { settings } = checkOptions({ keyterms }, { nameOf: this.#nameOf, audio: 'live' });
    this.#running.expect(settings.keyterms);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<DictationEvent, undefined>> {
    for (let told = await this.#queue.take(); told; told = await this.#queue.take()) {
      if (!isTrace(told)) return { done: false, value: told };
      this.#onTrace(told);
    }
    const { error } = await this.ended;
    if (error === undefined || this.#error === 'told') return { done: true, value: undefined };
    this.#error = 'told';
    throw error;
  }

  /** Leaving the loop: the service is told, and its answer awaited. */
  async return(): Promise<IteratorResult<DictationEvent, undefined>> {
    this.#error = 'told';
    this.#queue.close();
    this.stop();
    await this.ended;
    return { done: true, value: undefined };
  }

  async throw(thrown: unknown): Promise<never> {
    await this.return();
    throw thrown;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}

function cleanEnd(end: DictationEnd): DictationEnd {
  const { unsavedText } = end;
  return unsavedText === undefined ? end : { ...end, unsavedText: cleanText(unsavedText) };
}

const TRACES: readonly string[] = [
  'connecting',
  'stopping',
  'behind',
  'heard',
  'frame-set-aside',
  'session-ended',
] satisfies readonly DictationTrace['type'][];

/** Traces wait in the same queue, so that they are told in order. */
function isTrace(told: Told): told is DictationTrace {
  return TRACES.includes(told.type);
}

function sourceOf({ audio, sampleRateHz = SAMPLE_RATE_HZ }: DictateOptions): AudioSource {
  if (typeof audio !== 'object' || audio === null) throw refuse('audio is missing');
  if ('start' in audio) return audio;
  if (!Number.isInteger(sampleRateHz) || sampleRateHz < 8_000 || sampleRateHz > 192_000) {
    throw refuse('sampleRateHz takes whole Hz from 8000 to 192000');
  }
  if (!('getReader' in audio) && !(Symbol.asyncIterator in audio)) {
    throw refuse('audio takes a source, an async iterable or a ReadableStream of PCM');
  }
  return audioStream(audio, { name: 'audio stream', sampleRateHz });
}

function serviceOf({ key, token, endpoint, region, engine, billing }: DictateOptions) {
  const address = endpoint === undefined ? endpointFor(region) : checkEndpoint(endpoint);
  if (key !== undefined && token !== undefined) throw refuse('name key or token, not both');
  const isHere = isLoopback(new URL(address).hostname);
  if (key === undefined && token === undefined && !isHere) {
    throw new DictationError(
      'no-key',
      `There is no key for ${new URL(address).host}; name key or token`,
    );
  }
  const isFree = engine === 'local' || (isHere && key === undefined && token === undefined);
  return {
    billing: billing ?? (isFree ? 'free' : 'billed'),
    access: async (): Promise<SessionAccess> => {
      const headers: Record<string, string> = {};
      if (key !== undefined) headers['Authorization'] = typeof key === 'string' ? key : await key();
      return { endpoint: address, headers, ...(token ? { token: await token() } : {}) };
    },
  } as const;
}

function refuseUnknownNames(options: DictateOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(NAMES, name));
  if (unknown === undefined) return;
  const [nearest] = Object.keys(NAMES)
    .map((name) => ({ name, distance: distanceBetween(name.toLowerCase(), unknown.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const hint = nearest && nearest.distance <= 4 ? `; did you mean ${nearest.name}?` : '';
  throw refuse(`dictate() has no option ${unknown}${hint}`);
}

/** How many letters have to change, come or go. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= other.length; at += 1) {
      const replaced = (row[at - 1] ?? 0) + (letter === other[at - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function refuse(message: string): DictationError {
  return new DictationError('invalid-option', message);
}
