import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../../src/core/ports.ts';
import { beginMessage, errorMessage } from '../../../src/testing/wire-messages.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import type { ListenerPlan, ServiceFailure } from './chaos-plan.ts';
import { HearingSession } from './hearing-session.ts';
import type { Talk } from './spoken-audio.ts';

export interface HearingServerOptions {
  readonly clock: Clock;
  readonly talk: Talk;
  readonly plan: ListenerPlan;
  onMoved(): void;
}

/** A v3 server that hears: it knows the talk, and recognises the words whose sound reached it. */
export class HearingServer {
  /** In the order they began. */
  readonly sessions: HearingSession[] = [];
  readonly #options: HearingServerOptions;
  readonly #http = createServer();
  readonly #upgrades = new WebSocketServer({ server: this.#http, autoPong: false });
  readonly #sockets: WebSocket[] = [];
  readonly #random: SeededRandom;

  constructor(options: HearingServerOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.plan.seed);
    this.#upgrades.on('connection', (socket, { url = '' }) => {
      this.#sockets.push(socket);
      this.#serve(socket, new URL(url, 'http://localhost').searchParams);
    });
  }

  async listen(): Promise<number> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    return (this.#http.address() as AddressInfo).port;
  }

  /** The service itself fails for the connection accepted as `number`. */
  fail(number: number, how: ServiceFailure): void {
    const socket = this.#sockets[number];
    if (!socket) return;
    if (how === 'error-3005') refuse(socket, 3005, 'Session Cancelled: An error occurred');
    else if (how === 'close-1011') socket.close(1011);
    else if (how === 'no-code') socket.close();
    else this.sessions.find((session) => session.socket === socket)?.hangUp();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #serve(socket: WebSocket, query: URLSearchParams): void {
    const { clock, talk, plan, onMoved } = this.#options;
    const model = query.get('speech_model') ?? '';
    const lifeSeconds = plan.lifeSeconds ?? 10_800;
    let session: HearingSession | undefined;
    const cancels = [clock.schedule(plan.beginDelayMs, begin.bind(this))];
    onMoved();
    let state: 'awake' | 'stalled' = 'awake';
    socket.on('error', () => {});
    socket.on('ping', (data) => {
      if (state === 'stalled') return;
      socket.pong(data);
      if (plan.habit?.kind === 'stalls' && session) state = 'stalled';
    });
    socket.on('message', (data: Buffer, isBinary) => {
      onMoved();
      if (state === 'stalled') return;
      if (isBinary) session?.hear(data);
      else session?.obey(JSON.parse(data.toString()));
    });
    socket.on('close', () => {
      onMoved();
      for (const cancel of cancels) cancel();
      session?.close();
    });

    function begin(this: HearingServer): void {
      session = new HearingSession(socket, {
        ...{ clock, talk, plan, onMoved },
        random: this.#random.fork(),
        finals: model.startsWith('universal-streaming') ? 'copied' : 'single',
        inactivityMs: Number(query.get('inactivity_timeout') ?? 3_600) * 1_000,
      });
      this.sessions.push(session);
      const expiresAt = Math.floor(clock.unixMs() / 1_000) + lifeSeconds;
      session.send(beginMessage({ id: randomUUID(), expiresAt, model }));
      const text = 'Session Expired: Maximum session duration exceeded';
      cancels.push(clock.schedule(lifeSeconds * 1_000, () => refuse(socket, 3008, text)));
      const { habit } = plan;
      if (habit?.kind === 'flaps') {
        cancels.push(clock.schedule(habit.afterMs, () => socket.close(1011)));
      }
    }
  }
}

/** As the service does it: the text is in the frame, the close has the code and a fixed reason. */
function refuse(socket: WebSocket, code: number, text: string): void {
  socket.send(JSON.stringify(errorMessage(code, text)));
  socket.close(code, 'See Error message for details');
}
