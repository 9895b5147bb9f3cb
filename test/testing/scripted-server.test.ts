import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ScriptedServer, startScriptedServer } from '../../src/testing/scripted-server.ts';
import type { ServerScript } from '../../src/testing/server-script.ts';
import { finalTurn } from '../../src/testing/wire-messages.ts';

let server: ScriptedServer;
afterEach(() => server.close());

const HELLO = finalTurn({ order: 0, text: 'Hello there.', startMs: 100, endMs: 900 });

async function setup(...scripts: readonly ServerScript[]) {
  server = await startScriptedServer(...scripts);
  const { socket, received, closed } = dial();
  await once(socket, 'open');
  return { socket, received, closed, connection: await server.connection(0) };
}

function dial() {
  const socket = new WebSocket(`${server.url}?sample_rate=16000&speech_model=whisper-rt`);
  const received: Record<string, unknown>[] = [];
  socket.on('message', (data) => received.push(JSON.parse(data.toString())));
  // Not once(), which would reject on the error that comes before the close of a refused dial.
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return { socket, received, closed };
}

test('begins with the model that was asked for and ends with the seconds that were heard', async () => {
  const { socket, received, closed, connection } = await setup();
  await connection.until(({ beganAtMs }) => beganAtMs !== undefined);
  for (let sent = 0; sent < 2000; sent += 50) socket.send(new Uint8Array(1600));
  socket.send('{"type":"Terminate"}');

  expect(await closed).toBe(1000);
  expect(received).toMatchObject([
    { type: 'Begin', configuration: { model: 'whisper-rt' } },
    { type: 'Termination', audio_duration_seconds: 2, session_duration_seconds: 1 },
  ]);
  expect(connection.audio.byteLength).toBe(64_000);
});

test('replies when so much audio has come in, and before the Termination', async () => {
  const { socket, received, closed, connection } = await setup({
    onAudio: [{ atMs: 100, send: HELLO }],
    onTerminate: { sendBefore: [{ ...HELLO, turn_order: 1 }], delayMs: 1 },
  });
  await connection.until(({ beganAtMs }) => beganAtMs !== undefined);
  socket.send(new Uint8Array(1600));
  await connection.until(({ audioMs }) => audioMs === 50);
  expect(received.map(({ type }) => type)).not.toContain('Turn');

  socket.send(new Uint8Array(1600));
  socket.send('{"type":"Terminate"}');
  await closed;

  expect(received.map(({ type, turn_order }) => turn_order ?? type)).toEqual([
    'Begin',
    0,
    1,
    'Termination',
  ]);
});

test('refuses with an Error frame, and closes with its code', async () => {
  const { received, closed } = await setup({ refuse: { code: 1008, text: 'Invalid API key' } });

  expect(await closed).toBe(1008);
  expect(received).toEqual([{ type: 'Error', error_code: 1008, error: 'Invalid API key' }]);
});

test('drops the first connection and serves the second by its own script', async () => {
  const { socket, closed, connection } = await setup(
    { onAudio: [{ atMs: 50, close: 'dropped' }] },
    { refuse: { status: 401 } },
  );
  await connection.until(({ beganAtMs }) => beganAtMs !== undefined);
  socket.send(new Uint8Array(1600));
  expect(await closed).toBe(1006);

  const second = dial();
  const [error] = await once(second.socket, 'error');
  expect(String(error)).toContain('401');
  expect(await second.closed).toBe(1006);
});

test('says nothing after Terminate when told to be silent', async () => {
  const { socket, received, closed, connection } = await setup({ onTerminate: 'silent' });
  socket.send('{"type":"Terminate"}');
  await connection.until((seen) => seen.message('Terminate') !== undefined);
  socket.terminate();

  expect(await closed).toBe(1006);
  expect(received.map(({ type }) => type)).toEqual(['Begin']);
});
