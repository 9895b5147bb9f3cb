import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Every TCP socket of this process, until it is closed. */
const sockets = new Set<Socket>();

for (const channel of ['net.client.socket', 'net.server.socket']) {
  subscribe(channel, (message) => {
    const { socket } = message as { readonly socket: Socket };
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
}

/**
 * Whether nothing is on its way between the sockets of this process that are connected through
 * `ports`: each has read what its peer wrote, or will not, and knows when its peer has gone. A busy
 * machine takes its time with all of these.
 */
export function areAtRest(ports: ReadonlySet<number>): boolean {
  for (const socket of sockets) {
    if (socket.connecting) return false;
    if (!isOneOf(socket, ports)) continue;
    if (socket.destroyed) return false;
    if (isLeftUnread(socket) || socket.readableEnded) continue;
    const peer = peerOf(socket);
    if (!peer || peer.writableFinished || socket.bytesRead < peer.bytesWritten) return false;
  }
  return true;
}

function isOneOf({ localPort = 0, remotePort = 0 }: Socket, ports: ReadonlySet<number>): boolean {
  return ports.has(localPort) || ports.has(remotePort);
}

function isLeftUnread(socket: Socket): boolean {
  return socket.isPaused() || (socket.readableFlowing !== true && socket.readableLength > 0);
}

function peerOf({ localPort, remotePort }: Socket): Socket | undefined {
  for (const peer of sockets) {
    if (peer.localPort === remotePort && peer.remotePort === localPort) return peer;
  }
  return undefined;
}
