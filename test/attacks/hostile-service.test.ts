import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, onTestFinished, test } from 'vitest';
import { plainLabel } from '../../src/text/index.ts';
import { dictateInto, textsOf, turn } from './support/hostile-service.ts';

const LINK = '[Fix it](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D)';
/** What a terminal obeys, and what nobody sees or what turns the reading direction. */
const OBEYED_OR_UNSEEN = /[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;
/** The person still speaks when the service does something. */
const SPEAKING = { microphone: 'open' } as const;

describe.concurrent('a service that means harm', { timeout: 60_000 }, () => {
  test.for<[string, string, string]>([
    ['turns the reading direction of what is typed', 'if (a\u202e\u2066) b', 'if (a) b'],
    ['hides an instruction in letters that nobody sees', 'Hi\u{e0049}\u{e0067}\u{e006e}', 'Hi'],
    ['parts a word by a space of no width', 'pass\u200bword', 'password'],
    ['clears the screen', '\u001b[2J\u001b[HHello', 'Hello'],
    ['writes into the clipboard of the terminal', '\u001b]52;c;cm0gLXJmIH4=\u0007Hello', 'Hello'],
    ['gives the terminal another title', '\u009d0;root\u009cHello', 'Hello'],
    ['ends the line to type a command on the next', 'Hello\r\nrm -rf ~\n', 'Hello rm -rf ~'],
    ['sends half a character', 'Hello\ud83d', 'Hello'],
  ])('%s', async ([, said, typed], { expect }) => {
    const partial = { end_of_turn: false };
    const heard = await dictateInto((say) => say(turn(said, partial), turn(said)));
    const texts = heard.events.flatMap((event) =>
      event.type === 'partial' || event.type === 'final' ? [event.text.trim()] : [],
    );
    expect(texts).toEqual([typed, typed]);
    expect(textsOf(heard)).not.toMatch(OBEYED_OR_UNSEEN);
  });

  test('puts what a terminal obeys into the words, the times of which go with a final', async ({
    expect,
  }) => {
    const words = [{ text: '\u001b[8mHello\u202e', start: 0, end: 90, confidence: 1 }];
    const heard = await dictateInto((say) => say(turn('Hello', { words })));
    expect(heard.events.find(({ type }) => type === 'final')).toMatchObject({
      words: [{ text: 'Hello' }],
    });
  });

  test('warns with a command that a click would run', async ({ expect }) => {
    const warning = { type: 'Warning', warning_code: 1, warning: `\u001b[31m${LINK} $(zap)` };
    const heard = await dictateInto((say) => say(warning));
    const shown = heard.events.flatMap((event) =>
      event.type === 'warning' ? [event.message, plainLabel(event.message)] : [],
    );
    expect(shown.join()).not.toMatch(OBEYED_OR_UNSEEN);
    expect(shown[1]).not.toMatch(/\]\(|command:|\$\(/);
  });

  test('refuses with a command that a click would run', async ({ expect }) => {
    const heard = await dictateInto((say, client) => {
      say({ type: 'Error', error_code: 1008, error: `Unauthorized Connection: ${LINK}` });
      client.close(1008);
    }, SPEAKING);
    expect(heard.message).not.toBe('');
    expect(plainLabel(heard.message)).not.toMatch(/\]\(|command:|\$\(/);
  });

  test('refuses with a novel', async ({ expect }) => {
    const heard = await dictateInto((say, client) => {
      say({ type: 'Error', error_code: 3006, error: 'x'.repeat(900_000) });
      client.close(3006);
    }, SPEAKING);
    expect(heard.message).toContain('xxx');
    expect(heard.message.length).toBeLessThan(400);
  });

  test('sends a turn of 900,000 letters, to hold up everything that shows or writes it', async ({
    expect,
  }) => {
    const heard = await dictateInto((say) => say(turn('漢'.repeat(300_000))));
    const [final] = heard.events.filter((event) => event.type === 'final');
    expect(final?.text.length).toBeLessThanOrEqual(16_384);
  });

  test('sends a turn of 10,000 words, to hold up everything that counts them', async ({
    expect,
  }) => {
    const word = { text: 'a', start: 0, end: 1, confidence: 1 };
    const heard = await dictateInto((say) => say(turn('Hi', { words: Array(10_000).fill(word) })));
    expect(heard.events.find(({ type }) => type === 'final')).toMatchObject({ words: [] });
  });

  test('sends a message of two megabytes, to fill the memory', async ({ expect }) => {
    const codes: number[] = [];
    const heard = await dictateInto((say, client) => {
      client.on('close', (code) => codes.push(code));
      say(turn('x'.repeat(2_000_000)));
    });
    expect(codes[0]).not.toBe(1000);
    expect(heard.events.filter(({ type }) => type === 'final')).toEqual([]);
  });

  test('waits for a client that unpacks, to send it gigabytes in a few bytes', async ({
    expect,
  }) => {
    const heard = await dictateInto((say) => say(turn('Hello')));
    expect(heard.requests[0]?.headers['sec-websocket-extensions']).toBeUndefined();
  });

  test('sets fields of every object there is, through __proto__', async ({ expect }) => {
    const fields = JSON.stringify(turn('Hello')).slice(0, -1);
    const poison = `${fields},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
    const heard = await dictateInto((say) => say(poison));
    expect(heard.events.filter(({ type }) => type === 'final')).toHaveLength(1);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('sends what is no message, between the words', async ({ expect }) => {
    const rubbish = ['', 'null', '[]', '{"type":7}', '{'.repeat(5_000), new Uint8Array(9)];
    const heard = await dictateInto((say) => say(...rubbish, turn('Hello'), ...rubbish));
    expect(heard.events.filter(({ type }) => type === 'final')).toMatchObject([{ text: 'Hello' }]);
  });

  test('never answers the goodbye, so that the session is billed on', async ({ expect }) => {
    const heard = await dictateInto((_say, client) => client.removeAllListeners('message'));
    expect(heard.events.at(-1)).toMatchObject({ type: 'end' });
  });

  test('sends the client on to another address, for the key to go there too', async ({
    expect,
  }) => {
    let taken = 0;
    const elsewhere = createServer((_, response) => {
      taken += 1;
      response.end();
    });
    const moved = createServer().on('upgrade', (_, stream) => {
      const { port } = elsewhere.address() as AddressInfo;
      stream.end(`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${port}/v3/ws\r\n\r\n`);
    });
    for (const server of [elsewhere, moved]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
    }
    const { port } = moved.address() as AddressInfo;
    const endpoint = `ws://127.0.0.1:${port}`;
    const heard = await dictateInto(() => {}, { endpoint, key: 'a-key-for-there' });
    expect(heard.message).toContain('HTTP 302');
    expect(taken).toBe(0);
  });
});
