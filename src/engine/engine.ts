import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { type Clock, DictationError } from '../core/index.ts';
import { createMonotonicClock } from '../host/index.ts';
import { checkAccess } from './admission/access.ts';
import { isLocalProgram } from './admission/caller.ts';
import { answerTokenRequest } from './admission/token-endpoint.ts';
import { Tokens } from './admission/tokens.ts';
import type { AudioPace } from './audio/audio-gate.ts';
import type { RecognizerFactory } from './recognizer.ts';
import { invalidInput, unauthorized } from './refusal.ts';
import { Session, sendRefusal } from './session/session.ts';
import { readSettings } from './session/session-settings.ts';
import { openVosk } from './vosk/open-vosk.ts';

export interface EngineOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** A folder with a Vosk model; by default the one of the development dependency. */
  readonly modelDir?: string;
  /** The only key that opens a session; without one, any does. */
  readonly secret?: string;
  /** How fast audio may come; `real-time`, the service's rule, by default. */
  readonly pace?: AudioPace;
  /** In place of the recogniser on this machine. */
  readonly recognizers?: RecognizerFactory;
  readonly clock?: Clock;
}

export interface Engine {
  /** `ws://127.0.0.1:PORT/v3/ws` */
  readonly url: string;
  readonly port: number;
  /**
   * Takes no more sessions, hears those that run to the end of what they sent, and closes; after
   * some seconds it closes all the same.
   */
  drain(): Promise<void>;
  /** Drops every session. May be called twice. */
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const SOCKET_PATH = '/v3/ws';
const TOKEN_PATH = '/v3/token';
/** The service closes with 1009 above this. */
const LARGEST_MESSAGE_BYTES = 128 * 1024;
/** A hundred keyterms of fifty characters, each written with nine in an address, and some more. */
const LARGEST_HEADER_BYTES = 64 * 1024;
/** To say what is wanted; connections that never do are hung up on. */
const REQUEST_LIMIT_MS = 10_000;
const CLOSE_LIMIT_MS = 2_000;
/** A session holds little that is not heard yet, and `lull` waits no longer either. */
const DRAIN_LIMIT_MS = 5_000;

/**
 * Starts a v3 server that only programs on this machine can reach. It returns before the model is
 * loaded: a client connects at once and gets its `Begin` when the recogniser is ready.
 * @throws DictationError `engine-unavailable` when runtime or model are missing or the port is taken
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const { port = 0, modelDir, secret, pace = 'real-time' } = options;
  const { clock = createMonotonicClock() } = options;
  const recognizers = options.recognizers ?? (await openVosk({ modelDir, clock }));
  const doorkeeper = { tokens: new Tokens(clock), secret };
  const sessions = new Map<WebSocket, Session>();
  let state: 'open' | 'draining' = 'open';
  const upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE_BYTES,
    // A client that was hung up on because it is silent will not answer the close either.
    closeTimeout: CLOSE_LIMIT_MS,
  } as ServerOptions);
  const http = createServer(
    {
      maxHeaderSize: LARGEST_HEADER_BYTES,
      headersTimeout: REQUEST_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      connectionsCheckingInterval: REQUEST_LIMIT_MS / 5,
    },
    (request, response) => {
      const { pathname, searchParams: query } = addressOf(request);
      const reply = !isLocalProgram(request.headers)
        ? { status: 403, body: { detail: 'This server answers programs of this machine only' } }
        : pathname === TOKEN_PATH
          ? answerTokenRequest({ request, query, doorkeeper })
          : { status: 404, body: { detail: 'Not Found' } };
      response.writeHead(reply.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    },
  );

  const welcome = (socket: WebSocket, request: IncomingMessage) => {
    // A frame that breaks the protocol or the size limit; `ws` closes with the fitting code.
    socket.on('error', () => {});
    const query = addressOf(request).searchParams;
    const { authorization, 'assemblyai-version': apiVersion } = request.headers;
    const token = query.get('token') ?? undefined;
    const access = checkAccess({ authorization, token }, doorkeeper);
    if (access.kind === 'refused') return sendRefusal(socket, access.refusal);
    const settings = readSettings(query);
    if (typeof settings === 'string') return sendRefusal(socket, invalidInput(settings));
    if (sessions.size >= recognizers.maxSessions) {
      return sendRefusal(socket, unauthorized('Too many concurrent sessions'));
    }
    const session = new Session({
      socket,
      settings,
      maxSessionSeconds: access.maxSessionSeconds,
      apiVersion: typeof apiVersion === 'string' ? apiVersion : undefined,
      recognizers,
      pace,
      clock,
    });
    sessions.set(socket, session);
    socket.on('close', () => sessions.delete(socket));
    void session.open();
  };

  http.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', () => stream.destroy());
    const isWelcome = isLocalProgram(request.headers) && state === 'open';
    if (!isWelcome) return hangUp(stream, '403 Forbidden');
    if (addressOf(request).pathname !== SOCKET_PATH) return hangUp(stream, '404 Not Found');
    upgrades.handleUpgrade(request, stream, head, (socket) => welcome(socket, request));
  });

  try {
    http.listen(port, ADDRESS);
    await once(http, 'listening');
  } catch (cause) {
    await recognizers.close();
    throw new DictationError(
      'engine-unavailable',
      `The local engine cannot listen on port ${port} of this machine; choose another with --port`,
      { cause },
    );
  }
  const address = http.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  const close = async () => {
    for (const socket of upgrades.clients) socket.terminate();
    http.closeAllConnections();
    if (http.listening) {
      http.close();
      await once(http, 'close');
    }
    await recognizers.close();
  };

  return {
    url: `ws://${ADDRESS}:${boundPort}${SOCKET_PATH}`,
    port: boundPort,
    async drain() {
      state = 'draining';
      const sockets = [...upgrades.clients];
      const closed = sockets.map((socket) => once(socket, 'close'));
      for (const session of sessions.values()) session.finish();
      await withinLimit(Promise.all(closed), clock);
      await close();
    },
    close,
  };
}

function withinLimit(work: Promise<unknown>, clock: Clock): Promise<unknown> {
  let cancel = () => {};
  const limit = new Promise<void>((resolve) => {
    cancel = clock.schedule(DRAIN_LIMIT_MS, resolve);
  });
  return Promise.race([work, limit]).finally(cancel);
}

function hangUp(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

function addressOf(request: IncomingMessage): URL {
  const address = `http://${ADDRESS}${request.url ?? '/'}`;
  // A request may name anything; what is no path here is answered like an unknown one.
  return new URL(URL.canParse(address) ? address : `http://${ADDRESS}/`);
}
