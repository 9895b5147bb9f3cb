import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildWav } from '../../support/sound/wav.ts';
import type { CliBench, CliExit } from '../running-cli.ts';
import { quietSamples, writeTalk } from '../talk.ts';

const KEY = { ASSEMBLYAI_API_KEY: '0123456789abcdef0123456789abcdef' };

/** A sentence on one line, the right exit code, nothing written, no stack trace. */
function expectRefusal(exit: CliExit, code: number, says: RegExp): void {
  expect(exit).toMatchObject({ code, stdout: '' });
  expect(exit.stderr).toMatch(/^lull: [^\n]*[^.\n]\n$/);
  expect(exit.stderr).toMatch(says);
}

export function describeBadInput(here: () => CliBench): void {
  describe('bad input', () => {
    test.each([
      { args: ['--silence', '-1'], says: /silence takes 0 to 10800 seconds/ },
      { args: ['--silence', 'abc'], says: /silence takes 0 to 10800 seconds/ },
      { args: ['--silence', ''], says: /silence takes 0 to 10800 seconds/ },
      { args: ['--silense', '3'], says: /did you mean --silence\?/ },
      { args: ['device'], says: /Unknown command device; did you mean devices\?/ },
      { args: ['-x'], says: /Unknown option -x;/ },
      { args: ['--model', 'a model'], says: /--model takes the name of a model/ },
      { args: ['--endpoint', 'ws://example.test/v3/ws'], says: /not encrypted/ },
      { args: ['--endpoint', 'nonsense'], says: /not an address/ },
      { args: ['--keyterms', 'missing.txt'], says: /cannot read missing\.txt \(ENOENT\)/ },
      { args: ['--output', 'missing/notes.txt'], says: /cannot write to missing\/notes\.txt/ },
      { args: ['--audio', '-', '--rate', '0'], says: /rate takes/ },
      { args: ['--engine', 'local', '--region', 'eu'], says: /leave out --endpoint and --region/ },
    ])('$args is a wrong command line', async ({ args, says }) => {
      expectRefusal(await here().start(args, { env: KEY }).exited, 2, says);
    });

    test.each([
      { name: 'missing', says: /no file .*missing\.wav/, bytes: undefined },
      { name: 'empty', says: /empty/, bytes: Buffer.alloc(0) },
      {
        name: 'text',
        says: /not .*WAV|not .*audio/i,
        bytes: Buffer.from('Dear diary\n'.repeat(99)),
      },
      {
        name: 'zero-hertz',
        says: /0 Hz/,
        bytes: buildWav({ samples: quietSamples(1), sampleRateHz: 0 }),
      },
    ])('a $name file cannot be read as audio', async ({ name, bytes, says }) => {
      const bench = here();
      const path = join(bench.folder, `${name}.wav`);
      if (bytes) writeFileSync(path, bytes);
      expectRefusal(await bench.start(['--audio', path], { env: KEY }).exited, 6, says);
    });

    test('a folder cannot be read as audio', async () => {
      const bench = here();
      const exit = await bench.start(['--audio', bench.folder], { env: KEY }).exited;
      expectRefusal(exit, 6, /is a folder/);
    });

    test('a key with a line break in it is refused and not shown', async () => {
      const bench = here();
      const env = { ASSEMBLYAI_API_KEY: '0123456789\nabcdef' };
      const exit = await bench.start(['--audio', writeTalk(bench.folder, 1).path], { env }).exited;
      expectRefusal(exit, 3, /ASSEMBLYAI_API_KEY contains a line break/);
      expect(exit.stderr).not.toContain('0123456789');
    });

    test('a piped login refuses a key with a line break in it', async () => {
      const exit = await here().start(['login'], { stdin: '0123456789\nabcdef\n' }).exited;
      expectRefusal(exit, 3, /contains a line break/);
      expect(exit.stderr).not.toContain('0123456789');
    });

    test('a service elsewhere needs a key', async () => {
      const bench = here();
      const { path } = writeTalk(bench.folder, 1);
      const exit = await bench.start(['--audio', path, '--region', 'eu']).exited;
      expectRefusal(exit, 3, /run lull login or set ASSEMBLYAI_API_KEY/);
    });

    test('a port where nobody listens is a failure of the network', async () => {
      const bench = here();
      const { path } = writeTalk(bench.folder, 12);
      // A port never handed out: one that was free a moment ago could be another test's by now.
      const endpoint = 'ws://127.0.0.1:1/v3/ws';
      const exit = await bench.start(['--audio', path, '--endpoint', endpoint]).exited;
      expect(exit).toMatchObject({ code: 4, stdout: '' });
      expect(exit.stderr).toMatch(
        /^lull: The service at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/m,
      );
      expect(exit.stderr).toMatch(/^Ended by an error: /m);
    });

    test('a refusal is an event for programs that read JSON', async () => {
      const { code, stdout } = await here().start(['--audio', 'no.wav', '--json'], { env: KEY })
        .exited;
      expect(code).toBe(6);
      expect(JSON.parse(stdout)).toMatchObject({ type: 'error', code: 'audio-missing' });
    });
  });
}
