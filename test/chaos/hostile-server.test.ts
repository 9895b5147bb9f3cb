import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { finalTurn } from '../../src/testing/wire-messages.ts';
import { CliBench, type CliExit, eventsIn } from '../runtimes/running-cli.ts';
import { writeTalk } from '../runtimes/talk.ts';
import { RUNTIMES } from '../support/runtimes.ts';

const [node] = RUNTIMES;
const BEGIN = { type: 'Begin', id: 'session-1', expires_at: 1_900_000_000 };
const WORDS = finalTurn({ order: 3, text: 'Hello world.', startMs: 100, endMs: 700 });
const LATE = finalTurn({ order: 1, text: 'From before.', startMs: 0, endMs: 90 });
const TERMINATION = {
  type: 'Termination',
  audio_duration_seconds: 1,
  session_duration_seconds: 2,
};
/** Gives up within this on a server that is no use. */
const BOUND_MS = 30_000;

type Serve = (client: WebSocket) => void;

describe.concurrent('a server that does what it should not', () => {
  let bench: CliBench;
  const servers: ReturnType<typeof createServer>[] = [];
  beforeAll(() => {
    if (node) bench = new CliBench(node);
  });
  afterAll(async () => {
    await bench.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Dictates from a quiet room to it, with the limit on silence at two seconds. */
  async function dictate(
    serve: Serve,
    path = '/v3/ws',
  ): Promise<CliExit & { readonly connections: number }> {
    const http = createServer();
    servers.push(http);
    let connections = 0;
    const upgrades = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, stream, head) => {
      connections += 1;
      if (request.url?.startsWith('/page')) {
        stream.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Log in</html>');
      } else if (request.url?.startsWith('/moved')) {
        stream.end('HTTP/1.1 302 Found\r\nLocation: wss://example.test/\r\n\r\n');
      } else {
        upgrades.handleUpgrade(request, stream, head, (client) => {
          client.on('error', () => {});
          serve(client);
        });
      }
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    const endpoint = `ws://127.0.0.1:${port}${path}`;
    const audio = ['--audio', writeTalk(bench.folder, 12).path];
    const args = [...audio, '--json', '--silence', '2', '--endpoint', endpoint];
    const exit = await bench.start(args).exited;
    expect(exit.tookMs).toBeLessThan(BOUND_MS);
    return { ...exit, connections };
  }

  const say = (client: WebSocket, ...messages: readonly object[]) => {
    for (const message of messages) client.send(JSON.stringify(message));
  };
  /** As it should be, from the first message of the client on. */
  const behave = (client: WebSocket, ...messages: readonly object[]) => {
    client.once('message', () => say(client, ...messages));
    client.on('message', (data) => {
      if (!String(data).includes('"Terminate"')) return;
      say(client, TERMINATION);
      client.close(1000);
    });
  };
  const finals = ({ stdout }: CliExit) =>
    eventsIn(stdout)
      .filter(({ type }) => type === 'final')
      .map(({ text }) => text);

  test.each<{ what: string; serve: Serve }>([
    {
      what: 'begins twice',
      serve: (client) => {
        say(client, BEGIN, { ...BEGIN, id: 'session-2' });
        behave(client, BEGIN, WORDS);
      },
    },
    {
      what: 'has a turn before it begins',
      serve: (client) => {
        say(client, LATE, BEGIN);
        behave(client, WORDS);
      },
    },
    {
      what: 'goes back to an earlier turn',
      serve: (client) => {
        say(client, BEGIN);
        behave(client, WORDS, LATE, WORDS);
      },
    },
    {
      what: 'says that its session has expired long ago',
      serve: (client) => {
        say(client, { ...BEGIN, expires_at: 1_000_000 });
        behave(client, WORDS);
      },
    },
    {
      what: 'does not say when its session expires',
      serve: (client) => {
        say(client, { type: 'Begin', id: 'session-1' });
        behave(client, WORDS);
      },
    },
  ])('that $what costs no word and tells none twice', async ({ serve }) => {
    const played = await dictate(serve);
    expect(finals(played)).toEqual(['Hello world.']);
    expect(eventsIn(played.stdout).filter(({ type }) => type === 'begin').length).toBe(1);
    expect(played).toMatchObject({ code: 0, connections: 1 });
  });

  test.each<{ what: string; serve: Serve; says: RegExp }>([
    {
      what: 'terminates unasked',
      serve: (client) => {
        say(client, BEGIN, TERMINATION);
        client.close(1000);
      },
      says: /connection to the service was lost/,
    },
    {
      what: 'sends messages of 2 MB',
      serve: (client) => say(client, BEGIN, { type: 'Turn', transcript: 'x'.repeat(2_000_000) }),
      says: /broke the rules of its protocol/,
    },
    {
      what: 'closes without a code',
      serve: (client) => {
        say(client, BEGIN);
        client.close();
      },
      says: /connection to the service was lost/,
    },
    {
      what: 'drops every connection',
      serve: (client) => client.terminate(),
      says: /connection to the service was lost/,
    },
  ])('that $what is tried three times, and told in a sentence', async ({ serve, says }) => {
    const played = await dictate(serve);
    expect(played).toMatchObject({ code: 4, connections: 3 });
    expect(played.stderr).toMatch(says);
    expect(played.stderr).not.toMatch(/\n\s+at /);
  });

  test.each([
    { what: 'a page', path: '/page', status: 200 },
    { what: 'a redirect', path: '/moved', status: 302 },
  ])(
    'that answers with $what is told at once, and the key goes nowhere',
    async ({ path, status }) => {
      const played = await dictate(() => {}, path);
      expect(played).toMatchObject({ code: 4, connections: 1 });
      expect(played.stderr).toContain(`answered with HTTP ${status} instead of a connection`);
    },
  );
});
