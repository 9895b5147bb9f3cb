import type { Clock, OpenSocket, Socket, SocketListener } from '../../../src/core/ports.ts';
import { openWebSocket } from '../../../src/host/web-socket.ts';
import type { ChaosTime } from './chaos-time.ts';
import { FRAME_MS, numberOf } from './spoken-audio.ts';

/** Times real time: what a service is safe to be sent, protocol 6. */
const FASTEST = 1.25;

/** The dictation's clock, which counts its timers apart from those of the network around it. */
export class CountingClock implements Clock {
  timers = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  unixMs(): number {
    return this.#clock.unixMs();
  }

  schedule(delayMs: number, task: () => void): () => void {
    let state: 'waiting' | 'over' = 'waiting';
    const over = () => {
      if (state === 'waiting') this.timers -= 1;
      state = 'over';
    };
    this.timers += 1;
    const cancel = this.#clock.schedule(delayMs, () => {
      over();
      task();
    });
    return () => {
      over();
      cancel();
    };
  }
}

/** The real sockets of a dictation: how many there are at a time, and what is sent when. */
export class WatchedSockets {
  open = 0;
  mostOpen = 0;
  /** The most audio that one socket was given beyond 1.25 times real time. */
  mostAheadMs = 0;
  /** From a frame's capture to its sending. */
  longestKeptMs = 0;
  readonly #time: ChaosTime;
  readonly #capturedMs: () => number;

  constructor(time: ChaosTime, capturedMs: () => number) {
    this.#time = time;
    this.#capturedMs = capturedMs;
  }

  readonly openSocket: OpenSocket = (request, listener) => {
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    return this.#watch(openWebSocket(request, this.#listen(listener)));
  };

  #listen(listener: SocketListener): SocketListener {
    const { moved } = this.#time;
    return {
      onOpen: () => {
        moved();
        listener.onOpen();
      },
      onText: (text) => {
        moved();
        listener.onText(text);
      },
      onBinary: () => {
        moved();
        listener.onBinary();
      },
      onPong: (mark) => {
        moved();
        listener.onPong(mark);
      },
      onEnd: (ending) => {
        moved();
        this.open -= 1;
        listener.onEnd(ending);
      },
    };
  }

  #watch(socket: Socket): Socket {
    const { clock } = this.#time;
    let [aheadMs, lastAudioMs] = [0, 0];
    let last = 0;
    return {
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
      send: (data) => {
        if (typeof data !== 'string') {
          const allowedMs = (clock.now() - lastAudioMs) * FASTEST;
          aheadMs = Math.max(0, aheadMs - allowedMs) + FRAME_MS;
          this.mostAheadMs = Math.max(this.mostAheadMs, aheadMs);
          lastAudioMs = clock.now();
          // The last frame of a recording may be too short to carry its number.
          last = Math.max(last, numberOf(data));
          const keptMs = this.#capturedMs() - (last + 1) * FRAME_MS;
          this.longestKeptMs = Math.max(this.longestKeptMs, keptMs);
        }
        socket.send(data);
      },
      ping: (mark) => socket.ping(mark),
      close: (code) => socket.close(code),
      abort: () => socket.abort(),
    };
  }
}
