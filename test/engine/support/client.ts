import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type EngineOptions, startEngine } from '../../../src/engine/index.ts';
import type { WireHeartbeat, WireServerMessage, WireTurn } from '../../../src/protocol/index.ts';
import { assertValid } from './wire-contract.ts';

/** An engine for one test. */
export async function engineWith(options: EngineOptions) {
  const engine = await startEngine(options);
  onTestFinished(() => engine.close());
  return engine;
}

export interface Client {
  /** Everything the server said so far; each message was checked against the vendor's schema. */
  readonly messages: readonly WireServerMessage[];
  readonly turns: readonly WireTurn[];
  readonly beats: readonly WireHeartbeat[];
  send(message: string | Uint8Array | Readonly<Record<string, unknown>>): void;
  /** Bytes that the server has not taken yet. */
  readonly bufferedBytes: number;
  ping(): void;
  stopReading(): void;
  /** `count` frames of `frameMs` of silence at 16 kHz. */
  sendSilence(count: number, frameMs?: number): void;
  /** Waits for a message of this type; a server that closes instead is an error. */
  until(type: WireServerMessage['type']): Promise<void>;
  ended(): Promise<{ readonly code: number; readonly reason: string }>;
}

interface ClientOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const DEFAULT_QUERY = { speech_model: 'universal-3-6-pro', sample_rate: '16000' };

/** Opens a socket; it does not wait for `Begin`. */
export async function connect(url: string, options: ClientOptions = {}): Promise<Client> {
  const query = new URLSearchParams(options.query ?? DEFAULT_QUERY);
  const socket = new WebSocket(`${url}?${query}`, {
    headers: options.headers ?? { Authorization: 'any key' },
  });
  const messages: WireServerMessage[] = [];
  const asks = new Set<() => void>();
  let ending: { code: number; reason: string } | undefined;
  const tell = () => {
    for (const ask of asks) ask();
  };
  socket.on('message', (data) => {
    messages.push(assertValid(JSON.parse(String(data))));
    tell();
  });
  socket.on('close', (code, reason) => {
    ending = { code, reason: String(reason) };
    tell();
  });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');

  const wait = <T>(look: () => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const ask = () => {
        try {
          const found = look();
          if (found === undefined) return;
          resolve(found);
        } catch (error) {
          reject(error);
        }
        asks.delete(ask);
      };
      asks.add(ask);
      ask();
    });

  const client: Client = {
    messages,
    get turns() {
      return messages.filter((message) => message.type === 'Turn');
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    get beats() {
      return messages.filter((message) => message.type === 'Heartbeat');
    },
    send(message) {
      const raw = typeof message === 'string' || message instanceof Uint8Array;
      socket.send(raw ? message : JSON.stringify(message));
    },
    ping() {
      if (socket.readyState === WebSocket.OPEN) socket.ping(new Uint8Array(125));
    },
    stopReading() {
      socket.pause();
    },
    sendSilence(count, frameMs = 50) {
      for (let sent = 0; sent < count; sent += 1) socket.send(new Uint8Array(frameMs * 32));
    },
    async until(type) {
      await wait(() => {
        if (messages.some((message) => message.type === type)) return true;
        if (ending) throw new Error(`closed with ${ending.code} before ${type}`);
        return undefined;
      });
    },
    ended: () => wait(() => ending),
  };
  return client;
}

/** A client that has its `Begin`. */
export async function begin(url: string, options: ClientOptions = {}): Promise<Client> {
  const client = await connect(url, options);
  await client.until('Begin');
  return client;
}
