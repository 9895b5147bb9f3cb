import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type ClientMessage, RecordedConnection } from './recorded-connection.ts';
import type { BeginScript, ServerScript, TerminateScript } from './server-script.ts';
import { beginMessage, errorMessage, type ServerFrame } from './wire-messages.ts';

/** A v3 server on a real socket of 127.0.0.1 that plays a script and records what it was sent. */
export interface ScriptedServer {
  /** `ws://127.0.0.1:PORT/v3/ws` */
  readonly url: string;
  /** Every connection tried, refused ones included, oldest first. */
  readonly connections: readonly RecordedConnection[];
  /** Waits for the `index`-th connection, counted from 0. */
  connection(index: number): Promise<RecordedConnection>;
  close(): Promise<void>;
}

/** Given to whoever asks for one, and not looked at: `connection.query` has what came. */
const TOKEN = 'scripted-token';

/** With several scripts, the first connection gets the first one and so on; the last one repeats. */
export async function startScriptedServer(
  ...scripts: readonly ServerScript[]
): Promise<ScriptedServer> {
  const connections: RecordedConnection[] = [];
  const waiting = new Set<() => void>();
  const http = createServer(({ url = '' }, response) => {
    if (!url.startsWith('/v3/token')) return response.writeHead(404).end();
    return response.end(JSON.stringify({ token: TOKEN, expires_in_seconds: 60 }));
  });
  const upgrades = new WebSocketServer({ noServer: true });
  const streams = new Set<Duplex>();

  http.on('upgrade', (request, stream: Duplex, head) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const connection = new RecordedConnection(request.headers, query);
    const script = scripts[Math.min(connections.length, scripts.length - 1)] ?? {};
    connections.push(connection);
    for (const ask of waiting) ask();
    streams.add(stream);
    stream.on('close', () => streams.delete(stream));
    if (script.refuse && 'status' in script.refuse) {
      stream.end(`HTTP/1.1 ${script.refuse.status} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(request, stream, head, (socket) => play(script, connection, socket));
  });

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}/v3/ws`,
    connections,
    connection(index) {
      return new Promise((resolve) => {
        const ask = () => {
          const found = connections[index];
          if (!found) return;
          waiting.delete(ask);
          resolve(found);
        };
        waiting.add(ask);
        ask();
      });
    },
    async close() {
      for (const stream of streams) stream.destroy();
      http.closeAllConnections();
      if (!http.listening) return;
      http.close();
      await once(http, 'close');
    },
  };
}

/** Plays one connection's part from the upgrade to the close. */
function play(script: ServerScript, connection: RecordedConnection, socket: WebSocket): void {
  const timers = new Set<NodeJS.Timeout>();
  const after = (delayMs: number, run: () => void) => {
    if (delayMs === 0) run();
    else timers.add(setTimeout(run, delayMs));
  };
  const steps = [...(script.onAudio ?? [])].sort((a, b) => a.atMs - b.atMs);
  let terminated = false;

  const heard = () => {
    if (connection.beganAtMs === undefined) return;
    for (let step = steps[0]; step && step.atMs <= connection.audioMs; step = steps[0]) {
      steps.shift();
      send(socket, step.send ?? []);
      if (step.close === 'dropped') socket.terminate();
      else if (step.close !== undefined) socket.close(step.close);
    }
  };

  socket.on('message', (data, isBinary) => {
    const frame = decode(data, isBinary);
    connection.frames.push({ ...frame, atMs: performance.now() });
    if (frame.kind === 'audio') {
      if (!terminated) heard();
    } else if (frame.message.type === 'ForceEndpoint') {
      send(socket, script.onForceEndpoint ?? []);
    } else if (frame.message.type === 'Terminate' && !terminated) {
      terminated = true;
      if (script.onTerminate !== 'silent') {
        const part = script.onTerminate ?? {};
        after(part.delayMs ?? 0, () => terminate({ part, connection, socket }));
      }
    }
    connection.changed();
  });

  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => {
    for (const timer of timers) clearTimeout(timer);
    connection.closeCode = code;
    connection.changed();
  });

  if (script.refuse && 'code' in script.refuse) {
    refuse(socket, script.refuse);
  } else if (script.begin !== 'never') {
    const part = script.begin ?? {};
    after(part.delayMs ?? 0, () => {
      begin({ part, connection, socket });
      heard();
    });
  }
}

function begin({
  part,
  connection,
  socket,
}: {
  readonly part: BeginScript;
  readonly connection: RecordedConnection;
  readonly socket: WebSocket;
}): void {
  const message = beginMessage({
    id: part.id ?? randomUUID(),
    expiresAt: part.expiresAt ?? Math.floor(Date.now() / 1000) + 10_800,
    model: part.model ?? connection.query.get('speech_model') ?? 'universal-3-6-pro',
  });
  connection.beganAtMs = performance.now();
  send(socket, message);
  connection.changed();
}

function terminate({
  part,
  connection,
  socket,
}: {
  readonly part: TerminateScript;
  readonly connection: RecordedConnection;
  readonly socket: WebSocket;
}): void {
  send(socket, part.sendBefore ?? []);
  send(socket, {
    type: 'Termination',
    audio_duration_seconds: part.audioSeconds ?? Math.round(connection.audioMs / 1000),
    session_duration_seconds:
      part.sessionSeconds ?? Math.ceil((performance.now() - connection.openedAtMs) / 1000),
  });
  socket.close(1000, 'Session Ended');
}

/** As the service does it: the text is in the frame, the close has the code and a fixed reason. */
function refuse(
  socket: WebSocket,
  refusal: { readonly code: number; readonly text: string },
): void {
  send(socket, errorMessage(refusal.code, refusal.text));
  socket.close(refusal.code, 'See Error message for details');
}

function send(socket: WebSocket, frames: ServerFrame | readonly ServerFrame[]): void {
  for (const frame of Array.isArray(frames) ? frames : [frames]) {
    const raw = typeof frame === 'string' || frame instanceof Uint8Array;
    socket.send(raw ? frame : JSON.stringify(frame));
  }
}

type DecodedFrame =
  | { readonly kind: 'audio'; readonly bytes: Uint8Array }
  | { readonly kind: 'message'; readonly message: ClientMessage };

function decode(data: RawData, isBinary: boolean): DecodedFrame {
  const bytes = Buffer.isBuffer(data)
    ? data
    : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
  if (isBinary) return { kind: 'audio', bytes };
  return { kind: 'message', message: JSON.parse(bytes.toString('utf8')) as ClientMessage };
}
