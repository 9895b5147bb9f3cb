import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const BYTES_PER_MS = 32;
const WORDS = 'so this is what somebody says while nobody else does'.split(' ');
/** Ten words, one each 400 ms, then a pause: as the audio of `microphone.ts` has it. */
export const WORD_MS = 400;
export const TURN_MS = 5_000;
const FINAL_LAG_MS = 400;
/** Of a turn: one with each word, and its final. */
const MESSAGES = WORDS.length + 1;

/** Plays the service in a process of its own: Begin, a partial with every word, a final each turn. */
export async function serve([
  keyFile = '',
  certificateFile = '',
]: readonly string[]): Promise<void> {
  const https = createServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) });
  const server = new WebSocketServer({ server: https, perMessageDeflate: false });
  let sessions = 0;
  server.on('connection', (socket) => {
    sessions += 1;
    play(socket, `session-${sessions}`);
  });
  https.listen(0, '127.0.0.1', () => {
    const { port } = https.address() as AddressInfo;
    process.send?.({ endpoint: `wss://127.0.0.1:${port}/v3/ws` });
  });
}

function play(socket: WebSocket, id: string): void {
  let heardMs = 0;
  let told = 0;
  const send = (message: object) => socket.send(JSON.stringify(message));
  send({ type: 'Begin', id, expires_at: Math.floor(Date.now() / 1_000) + 10_800 });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) {
      const { type } = JSON.parse(data.toString()) as { readonly type?: string };
      if (type !== 'Terminate') return;
      // What is being said is told to the end, as the service does it.
      const [order, step] = placeOf(told);
      if (step > 0) send(turn((order + 1) * MESSAGES - 1));
      const seconds = heardMs / 1_000;
      const durations = { audio_duration_seconds: seconds, session_duration_seconds: seconds };
      send({ type: 'Termination', ...durations });
      socket.close(1000);
      return;
    }
    heardMs += (data as Buffer).length / BYTES_PER_MS;
    while (dueMs(told) <= heardMs) {
      send(turn(told));
      told += 1;
    }
  });
  socket.on('error', () => socket.terminate());
}

/** When message `number` is due: one with each word, and one more at the end of the turn. */
function dueMs(number: number): number {
  const [order, step] = placeOf(number);
  return order * TURN_MS + (step + 1) * WORD_MS + (step === WORDS.length ? 0 : FINAL_LAG_MS);
}

function turn(number: number): object {
  const [order, step] = placeOf(number);
  const isFinal = step === WORDS.length;
  const spoken = WORDS.slice(0, isFinal ? step : step + 1);
  const words = spoken.map((text, index) => ({
    text,
    start: order * TURN_MS + index * WORD_MS,
    end: order * TURN_MS + (index + 1) * WORD_MS,
    confidence: 0.98,
    word_is_final: isFinal || index < step,
  }));
  return {
    type: 'Turn',
    turn_order: order,
    end_of_turn: isFinal,
    turn_is_formatted: isFinal,
    end_of_turn_confidence: isFinal ? 0.9 : 0.1,
    transcript: spoken.join(' '),
    words,
  };
}

function placeOf(number: number): readonly [order: number, step: number] {
  return [Math.floor(number / MESSAGES), number % MESSAGES];
}
