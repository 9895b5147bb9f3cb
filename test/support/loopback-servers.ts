import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';

/** Its port on the loopback, until the test is over. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A real WebSocket server that does `onConnection` with each client. */
export async function serve(onConnection: (client: WebSocket) => void): Promise<string> {
  const http = createHttpServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (client) => {
    client.on('error', () => {});
    onConnection(client);
  });
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
  });
  return `ws://127.0.0.1:${await listen(http)}`;
}

/** A web server that knows nothing of WebSockets. */
export async function answerHttp(
  status: number,
  headers: Record<string, string> = {},
): Promise<string> {
  const http = createHttpServer((_request, response) =>
    response.writeHead(status, headers).end('no'),
  );
  return `ws://127.0.0.1:${await listen(http)}`;
}

/** A server that gets the request's head and the connection, to answer as it likes. */
export async function answerRaw(
  answer: (connection: Socket, head: string) => void,
): Promise<string> {
  const tcp = createTcpServer((connection) => {
    connection.on('error', () => {});
    onTestFinished(() => {
      connection.destroy();
    });
    connection.once('data', (head) => answer(connection, head.toString()));
  });
  return `ws://127.0.0.1:${await listen(tcp)}`;
}

/** The answer to `head` that opens a WebSocket. */
export function upgrade(head: string): string {
  const key = /Sec-WebSocket-Key: (\S+)/i.exec(head)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept.digest('base64')}`,
    '\r\n',
  ].join('\r\n');
}
