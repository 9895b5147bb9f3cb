import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Mirror {
  readonly url: string;
  /** The `Range` header of each request, in order. */
  readonly ranges: readonly (string | undefined)[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server of archives on loopback, which ends with the test. */
export async function startMirror(answer: Answer): Promise<Mirror> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, ranges };
}

/** Serves `content` as a good web server does, ranges included. */
export function serving(content: Buffer): Answer {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start >= content.length) {
      response.writeHead(416).end();
      return;
    }
    const headers = { 'Content-Type': 'application/zip', 'Content-Length': content.length - start };
    const range = { 'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}` };
    response.writeHead(start > 0 ? 206 : 200, { ...headers, ...(start > 0 ? range : {}) });
    response.end(content.subarray(start));
  };
}
