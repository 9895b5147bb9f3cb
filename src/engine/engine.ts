import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import { type Clock, DictationError, isLoopback } from '../core/index.ts';
import { createMonotonicClock } from '../host/index.ts';
import { checkAccess } from './admission/access.ts';
import { answerTokenRequest } from './admission/token-endpoint.ts';
import { TokenStore } from './admission/token-store.ts';
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
  /** In place of the recogniser on this machine. */
  readonly recognizers?: RecognizerFactory;
  readonly clock?: Clock;
}

export interface Engine {
  /** `ws://127.0.0.1:PORT/v3/ws` */
  readonly url: string;
  readonly port: number;
  /** Drops every session. May be called twice. */
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const SOCKET_PATH = '/v3/ws';
const TOKEN_PATH = '/v3/token';
/** The service closes with 1009 above this. */
const LARGEST_MESSAGE_BYTES = 128 * 1024;
const CLOSE_LIMIT_MS = 2_000;

/**
 * Starts a v3 server that only programs on this machine can reach. It returns before the model is
 * loaded: a client connects at once and gets its `Begin` when the recogniser is ready.
 * @throws DictationError `engine-unavailable` when runtime or model are missing or the port is taken
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const { port = 0, modelDir, clock = createMonotonicClock() } = options;
  const recognizers = options.recognizers ?? (await openVosk({ modelDir, clock }));
  const tokens = new TokenStore(clock);
  const sessions = new Set<WebSocket>();
  const upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE_BYTES,
    // A client that was hung up on because it is silent will not answer the close either.
    closeTimeout: CLOSE_LIMIT_MS,
  } as ServerOptions);
  const http = createServer((request, response) => {
    const { pathname, searchParams } = addressOf(request);
    const known = isLocal(request) && pathname === TOKEN_PATH;
    const reply = known
      ? answerTokenRequest({ request, query: searchParams, tokens })
      : { status: 404, body: { detail: 'Not Found' } };
    response.writeHead(reply.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(reply.body));
  });

  http.on('upgrade', (request, stream: Duplex, head) => {
    stream.on('error', () => stream.destroy());
    if (!isLocal(request) || addressOf(request).pathname !== SOCKET_PATH) {
      stream.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    upgrades.handleUpgrade(request, stream, head, (socket) => {
      // A frame that breaks the protocol or the size limit; `ws` closes with the fitting code.
      socket.on('error', () => {});
      const query = addressOf(request).searchParams;
      const { authorization } = request.headers;
      const token = query.get('token') ?? undefined;
      const access = checkAccess({ authorization, token }, tokens);
      if (access.kind === 'refused') return sendRefusal(socket, access.refusal);
      const settings = readSettings(query);
      if (typeof settings === 'string') return sendRefusal(socket, invalidInput(settings));
      if (sessions.size >= recognizers.maxSessions) {
        return sendRefusal(socket, unauthorized('Too many concurrent sessions'));
      }
      sessions.add(socket);
      socket.on('close', () => sessions.delete(socket));
      const { maxSessionSeconds } = access;
      void new Session({ socket, settings, maxSessionSeconds, recognizers, clock }).open();
    });
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

  return {
    url: `ws://${ADDRESS}:${boundPort}${SOCKET_PATH}`,
    port: boundPort,
    async close() {
      for (const socket of upgrades.clients) socket.terminate();
      http.closeAllConnections();
      if (http.listening) {
        http.close();
        await once(http, 'close');
      }
      await recognizers.close();
    },
  };
}

function addressOf(request: IncomingMessage): URL {
  const address = `http://${ADDRESS}${request.url ?? '/'}`;
  // A request may name anything; what is no path here is answered like an unknown one.
  return new URL(URL.canParse(address) ? address : `http://${ADDRESS}/`);
}

/** A web page whose name was made to point here still names itself as the host: it is not let in. */
function isLocal(request: IncomingMessage): boolean {
  const host = `http://${request.headers.host ?? ''}`;
  return URL.canParse(host) && isLoopback(new URL(host).hostname);
}
