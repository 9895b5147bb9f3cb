import { expect, test } from 'vitest';
import type { SocketEnding } from '../../src/core/ports.ts';
import { createFakeNetwork } from '../../src/testing/fake-socket.ts';

function setup() {
  const seen: (string | SocketEnding)[] = [];
  const { openSocket, sockets } = createFakeNetwork();
  const socket = openSocket(
    { url: 'ws://localhost', headers: {} },
    {
      onOpen: () => seen.push('open'),
      onText: (text) => seen.push(text),
      onBinary: () => seen.push('binary'),
      onPong: () => seen.push('pong'),
      onEnd: (ending) => seen.push(ending),
    },
  );
  const [server] = sockets;
  if (!server) throw new Error('No socket was opened');
  return { seen, socket, server };
}

test('takes nothing before it is open, and keeps audio and messages apart', () => {
  const { socket, server } = setup();
  socket.send('lost');
  server.open();
  socket.send(new Uint8Array([1, 2]));
  socket.send('{"type":"Terminate"}');
  socket.send(new Uint8Array([3]));

  expect([...server.audio]).toEqual([1, 2, 3]);
  expect(server.messages).toEqual([{ type: 'Terminate' }]);
});

test('reports one end, after the call that asked for it, and nothing that follows', async () => {
  const { seen, socket, server } = setup();
  server.open();
  socket.close(1000);
  expect(seen).toEqual(['open']);

  await Promise.resolve();
  server.receive({ type: 'Begin' });
  server.end({ kind: 'unreachable', errno: 'ECONNRESET' });
  socket.abort();
  await Promise.resolve();

  expect(seen).toEqual(['open', { kind: 'closed', code: 1000, reason: '' }]);
});
