import type {
  OpenSocket,
  Socket,
  SocketEnding,
  SocketListener,
  SocketRequest,
} from '../core/index.ts';

/** A socket whose other end is the test: what was sent is recorded, and the test plays the server. */
export class FakeSocket implements Socket {
  readonly request: SocketRequest;
  /** Everything sent while open, in order: text as strings, audio as bytes. */
  readonly sent: (string | Uint8Array)[] = [];
  /** What the socket was asked to end with; `'aborted'` for `abort()`. */
  closedWith: number | 'aborted' | undefined;
  /** Set by a test to play a network that has stopped taking bytes. */
  bufferedAmount = 0;
  pings = 0;
  /** Set by a test to play a peer that no longer answers. */
  pongs: 'answered' | 'missing' = 'answered';
  readonly #listener: SocketListener;
  #state: 'connecting' | 'open' | 'ended' = 'connecting';

  constructor(request: SocketRequest, listener: SocketListener) {
    this.request = request;
    this.#listener = listener;
  }

  send(data: string | Uint8Array): void {
    if (this.#state === 'open') this.sent.push(typeof data === 'string' ? data : data.slice());
  }

  ping(mark: number): void {
    if (this.#state !== 'open') return;
    this.pings += 1;
    if (this.pongs === 'answered') this.#listener.onPong(mark);
  }

  close(code: number): void {
    if (this.#state === 'ended') return;
    this.closedWith ??= code;
    this.#endSoon(code);
  }

  abort(): void {
    if (this.#state === 'ended') return;
    this.closedWith ??= 'aborted';
    this.#endSoon(1006);
  }

  /** The server accepts the connection. */
  open(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#listener.onOpen();
  }

  /** The server sends a message, or raw text to play a broken one. */
  receive(message: object | string): void {
    if (this.#state !== 'open') return;
    this.#listener.onText(typeof message === 'string' ? message : JSON.stringify(message));
  }

  receiveBinary(): void {
    if (this.#state === 'open') this.#listener.onBinary();
  }

  /** The connection ends, once; whatever follows is lost, as on a real one. */
  end(ending: SocketEnding): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#listener.onEnd(ending);
  }

  /** As a real socket does it: never inside the call, and with no code where none was open. */
  #endSoon(code: number): void {
    const ending: SocketEnding =
      this.#state === 'open'
        ? { kind: 'closed', code, reason: '' }
        : { kind: 'unreachable', errno: 'ECONNABORTED' };
    queueMicrotask(() => this.end(ending));
  }

  /** All audio sent so far, as one piece. */
  get audio(): Uint8Array {
    return Buffer.concat(this.sent.filter((data) => typeof data !== 'string'));
  }

  /** The JSON messages sent so far. */
  get messages(): readonly unknown[] {
    return this.sent.filter((data) => typeof data === 'string').map((text) => JSON.parse(text));
  }
}

export interface FakeNetwork {
  readonly openSocket: OpenSocket;
  /** Every socket opened, oldest first. */
  readonly sockets: readonly FakeSocket[];
  /** The socket opened last. */
  readonly socket: FakeSocket;
}

export function createFakeNetwork(): FakeNetwork {
  const sockets: FakeSocket[] = [];
  return {
    sockets,
    openSocket(request, listener) {
      const socket = new FakeSocket(request, listener);
      sockets.push(socket);
      return socket;
    },
    get socket() {
      const last = sockets.at(-1);
      if (!last) throw new Error('No socket was opened');
      return last;
    },
  };
}
