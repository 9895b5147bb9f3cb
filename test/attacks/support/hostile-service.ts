import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  asDictationError,
  type DictateOptions,
  type DictationEvent,
  dictate,
} from '../../../src/core/index.ts';
import { createMonotonicClock, openWebSocket } from '../../../src/host/index.ts';
import { beginMessage } from '../../../src/testing/wire-messages.ts';

/** What the attacker's service does with a client; it has begun the session already. */
export type Hostile = (say: Say, client: WebSocket) => void;
type Say = (...frames: readonly (object | string | Uint8Array)[]) => void;

export interface Heard {
  readonly events: readonly DictationEvent[];
  readonly message: string;
  /** What each connection came with. */
  readonly requests: readonly IncomingMessage[];
}

const TERMINATION = {
  type: 'Termination',
  audio_duration_seconds: 1,
  session_duration_seconds: 1,
};

/** A turn as the service sends it, in the attacker's words. */
export function turn(transcript: string, more: object = {}) {
  return {
    ...{ type: 'Turn', turn_order: 0, end_of_turn: true, turn_is_formatted: true, transcript },
    ...{ words: [], ...more },
  };
}

/** A moment of near silence; then the audio is over, or the microphone stays open. */
async function* quiet(end: 'over' | 'open'): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < 4; sent += 1) yield new Uint8Array(1_600).fill(1);
  if (end === 'open') await new Promise(() => {});
}

/** Dictates for real into the attacker's service; gives what the shells are told. */
export async function dictateInto(
  hostile: Hostile,
  {
    microphone = 'over',
    ...options
  }: Partial<DictateOptions> & {
    readonly microphone?: 'over' | 'open';
  } = {},
): Promise<Heard> {
  const requests: IncomingMessage[] = [];
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    http.closeAllConnections();
    http.close();
  });
  server.on('connection', (client, request) => {
    requests.push(request);
    client.on('error', () => {});
    const say: Say = (...frames) => {
      for (const frame of frames) {
        const isRaw = typeof frame === 'string' || frame instanceof Uint8Array;
        client.send(isRaw ? frame : JSON.stringify(frame));
      }
    };
    say(beginMessage({ id: 'session-1', expiresAt: 1_900_000_000, model: 'universal-3-6-pro' }));
    client.once('message', () => hostile(say, client));
    client.on('message', (data) => {
      if (!String(data).includes('"Terminate"')) return;
      say(TERMINATION);
      client.close(1000);
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  const dictation = dictate({
    audio: quiet(microphone),
    endpoint: `ws://127.0.0.1:${port}`,
    ports: { clock: createMonotonicClock(), openSocket: openWebSocket },
    ...options,
  });
  const events: DictationEvent[] = [];
  let message = '';
  try {
    for await (const event of dictation) events.push(event);
  } catch (thrown) {
    message = asDictationError(thrown).message;
  }
  return { events, message, requests };
}

/** Every text that the shells were told, one beside the other. */
export function textsOf(heard: Heard): string {
  return JSON.stringify(heard.events, undefined, 0) + heard.message;
}
