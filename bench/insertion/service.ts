import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { beginMessage, finalTurn } from '../../src/testing/wire-messages.ts';

/** A service that tells one final after the other, whatever it hears. */
export interface PhraseService {
  readonly url: string;
  /** When each final was sent, in milliseconds of the system's monotonic clock. */
  readonly sentAtMs: readonly number[];
  close(): void;
}

/** In a process of its own, because the network is no work of the editor's. */
export async function startPhraseService(finals: number, everyMs: number): Promise<PhraseService> {
  const http = createServer();
  const sentAtMs: number[] = [];
  let telling: NodeJS.Timeout | undefined;
  new WebSocketServer({ server: http }).on('connection', (socket: WebSocket) => {
    const say = (message: unknown) => socket.send(JSON.stringify(message));
    const expiresAt = Math.floor(Date.now() / 1_000) + 10_800;
    say(beginMessage({ id: 'bench', expiresAt, model: 'universal-3-6-pro' }));
    socket.on('message', (data, isBinary) => {
      if (isBinary || !data.toString().includes('Terminate')) return;
      say({ type: 'Termination', audio_duration_seconds: 1, session_duration_seconds: 1 });
      socket.close(1_000);
    });
    telling = setInterval(() => {
      const order = sentAtMs.length;
      if (order === finals) return;
      const text = `Phrase number ${order} is here.`;
      const turn = finalTurn({ order, text, startMs: order * 40, endMs: order * 40 + 30 });
      sentAtMs.push(Number(process.hrtime.bigint()) / 1e6);
      say(turn);
    }, everyMs);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/v3/ws`,
    sentAtMs,
    close() {
      clearInterval(telling);
      http.close();
    },
  };
}
