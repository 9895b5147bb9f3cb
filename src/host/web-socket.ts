import { WebSocket } from 'ws';
import type { OpenSocket, SocketEnding } from '../core/index.ts';

/** The longest message the service sends is a Turn of some ten kilobytes. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const HANDSHAKE_LIMIT_MS = 10_000;
const CLOSE_LIMIT_MS = 2_000;

/**
 * Opens a WebSocket through `ws`, which behaves alike in Node, Deno and Bun: their own WebSocket
 * hides the status of a refusal, or gives no close event after one.
 */
export const openWebSocket: OpenSocket = (request, listener) => {
  let state: 'connecting' | 'open' | 'ended' = 'connecting';
  const end = (ending: SocketEnding) => {
    if (state === 'ended') return;
    state = 'ended';
    listener.onEnd(ending);
  };

  let socket: WebSocket;
  try {
    socket = new WebSocket(request.url, {
      headers: { ...request.headers },
      // Speech does not compress, and a deflate context would delay small messages.
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      // A redirect would carry the Authorization header to another host.
      followRedirects: false,
      handshakeTimeout: HANDSHAKE_LIMIT_MS,
      closeTimeout: CLOSE_LIMIT_MS,
    } as WebSocket.ClientOptions);
  } catch (error) {
    queueMicrotask(() => end({ kind: 'unreachable', errno: errnoOf(error) }));
    return { bufferedAmount: 0, send() {}, ping() {}, close() {}, abort() {} };
  }

  socket.on('open', () => {
    if (state !== 'connecting') return;
    state = 'open';
    listener.onOpen();
  });
  socket.on('message', (data, isBinary) => {
    if (state !== 'open') return;
    if (isBinary) listener.onBinary();
    else listener.onText(data.toString());
  });
  socket.on('pong', (data) => {
    if (state === 'open') listener.onPong(Number.parseInt(data.toString(), 10));
  });
  socket.on('unexpected-response', (_request, response) => {
    end({ kind: 'refused', status: response.statusCode ?? 0 });
    socket.terminate();
  });
  socket.on('error', (error) => {
    if (state === 'open') end({ kind: 'closed', code: closeCodeOf(error), reason: '' });
    else if (isWrongUpgrade(error)) end({ kind: 'refused', status: 101 });
    else end({ kind: 'unreachable', errno: errnoOf(error) });
    socket.terminate();
  });
  socket.on('close', (code, reason) => end({ kind: 'closed', code, reason: reason.toString() }));

  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send(data) {
      if (state === 'open' && socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    ping(mark) {
      // A buffer goes out in one piece with its header, a string in two.
      if (state === 'open' && socket.readyState === WebSocket.OPEN) {
        socket.ping(Buffer.from(String(mark)));
      }
    },
    close(code) {
      socket.close(code);
    },
    abort() {
      if (state === 'ended') return;
      const ending: SocketEnding =
        state === 'open'
          ? { kind: 'closed', code: 1006, reason: '' }
          : { kind: 'unreachable', errno: 'ECONNABORTED' };
      // Before `terminate`, which reports an error of its own making while connecting.
      state = 'ended';
      queueMicrotask(() => listener.onEnd(ending));
      socket.terminate();
    },
  };
};

/**
 * An open stream that broke: by a frame no speech service sends, or by the network. 1009 is left to
 * the service, which closes with it when our own messages are too long.
 */
function closeCodeOf(error: Error): number {
  return (codeOf(error) ?? '').startsWith('WS_ERR_') ? 1002 : 1006;
}

/** The other side speaks HTTP and upgraded, but to something that is no WebSocket of ours. */
function isWrongUpgrade({ message }: Error): boolean {
  return /Sec-WebSocket-Accept|subprotocol|Sec-WebSocket-Extensions|Upgrade header/i.test(message);
}

function errnoOf(error: unknown): string {
  // `ws` gives its own handshake limit no code.
  if (error instanceof Error && error.message.includes('timed out')) return 'ETIMEDOUT';
  return codeOf(error) ?? 'EPROTO';
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
