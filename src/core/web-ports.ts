import type { Clock, OpenSocket, SocketEnding } from './ports.ts';

/** A WebSocket of the platform; all but browsers take headers. */
interface PlatformSocket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  send(data: string | Uint8Array): void;
  close(code?: number): void;
}

type PlatformSocketClass = new (
  url: string,
  options?: { readonly headers: Readonly<Record<string, string>> },
) => PlatformSocket;

/** The ports where nobody brings others: what browsers, Node 22, Deno and Bun have alike. */
export const webPorts: {
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly chance: () => number;
} = {
  clock: {
    now: () => performance.now(),
    unixMs: () => Date.now(),
    schedule(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
  },
  chance: Math.random,
  openSocket: openWebSocket,
};

/** A browser's WebSocket sends no headers and no pings: it needs a token, and no peer is suspected. */
function openWebSocket(
  { url, headers }: Parameters<OpenSocket>[0],
  listener: Parameters<OpenSocket>[1],
): ReturnType<OpenSocket> {
  let state: 'running' | 'ended' = 'running';
  const end = (ending: SocketEnding) => {
    if (state === 'ended') return;
    state = 'ended';
    listener.onEnd(ending);
  };
  let socket: PlatformSocket;
  try {
    const Socket = WebSocket as unknown as PlatformSocketClass;
    socket = Object.keys(headers).length === 0 ? new Socket(url) : new Socket(url, { headers });
  } catch {
    void Promise.resolve().then(() => end({ kind: 'unreachable', errno: 'NO_HEADERS_HERE' }));
    return { bufferedAmount: 0, send: () => {}, ping: () => {}, close: () => {}, abort: () => {} };
  }
  let hasOpened = false;
  socket.onopen = () => {
    hasOpened = true;
    listener.onOpen();
  };
  socket.onmessage = ({ data }) => {
    if (state === 'ended') return;
    if (typeof data === 'string') listener.onText(data);
    else listener.onBinary();
  };
  socket.onclose = ({ code, reason }) =>
    end(
      hasOpened
        ? { kind: 'closed', code, reason }
        : { kind: 'unreachable', errno: 'NO_CONNECTION' },
    );
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send(data) {
      if (socket.readyState === OPEN) socket.send(data);
    },
    ping: () => {},
    close: (code) => socket.close(code),
    abort() {
      socket.close();
      // The close handshake may take a minute; nobody waits for it.
      void Promise.resolve().then(() =>
        end(
          hasOpened
            ? { kind: 'closed', code: 1006, reason: '' }
            : { kind: 'unreachable', errno: 'ECONNABORTED' },
        ),
      );
    },
  };
}

const OPEN = 1;
