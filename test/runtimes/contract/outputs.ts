import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finalTurn } from '../../../src/testing/wire-messages.ts';
import type { CliBench } from '../running-cli.ts';
import { writeTalk } from '../talk.ts';
import { LATE_TURN, ONE_TURN } from './scripts.ts';

export function describeOutputs(here: () => CliBench): void {
  describe('outputs', () => {
    test('writes subtitles to a file and replaces what was in it', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const file = join(bench.folder, 'talk.srt');
      writeFileSync(file, 'from yesterday, and longer than what comes today\n'.repeat(9));
      const output = ['--format', 'srt', '--output', file];
      const cli = bench.start(['--audio', path, ...output, '--endpoint', server.url]);

      expect(await cli.exited).toMatchObject({ code: 0, stdout: '' });
      expect(readFileSync(file, 'utf8')).toBe(
        '1\n00:00:00,100 --> 00:00:00,800\nHello world.\n\n' +
          '2\n00:00:00,900 --> 00:00:01,600\nAnd goodbye.\n\n',
      );
    });

    test('a dictation that cannot start leaves the file as it was', async () => {
      const bench = here();
      const file = join(bench.folder, 'notes.txt');
      writeFileSync(file, 'precious\n');
      const cli = bench.start(['--audio', 'missing.wav', '--engine', 'local', '--output', file]);
      expect((await cli.exited).code).toBe(6);
      expect(readFileSync(file, 'utf8')).toBe('precious\n');
    });

    test('keeps what a file held until there are words to take its place', async () => {
      const bench = here();
      const file = join(bench.folder, 'kept.txt');
      writeFileSync(file, 'precious\n', { mode: 0o600 });
      const server = await bench.serve({}, ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const args = ['--audio', path, '-o', file, '--endpoint', server.url];
      expect((await bench.start(args).exited).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe('precious\n');
      expect((await bench.start(args).exited).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe('Hello world.\n');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(bench.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    });

    test('adds to a file, on a line of its own', async () => {
      const bench = here();
      const file = join(bench.folder, 'added.txt');
      writeFileSync(file, 'typed by hand');
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const args = ['--audio', path, '-o', file, '--append', '--endpoint', server.url];
      expect((await bench.start(args).exited).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe('typed by hand\nHello world.\n');
    });

    test('writes through no link, and never over the sound it reads', async () => {
      const bench = here();
      const { path } = writeTalk(bench.folder, 1);
      const target = join(bench.folder, 'somebody-elses.txt');
      const [link, twin] = [join(bench.folder, 'link.txt'), join(bench.folder, 'twin.wav')];
      writeFileSync(target, 'theirs\n');
      symlinkSync(target, link);
      linkSync(path, twin);
      for (const [file, says] of [
        [link, /link\.txt is a link; name the file it leads to/],
        [twin, /twin\.wav is the audio that is being read/],
      ] as const) {
        const { code, stderr } = await bench.start([path, '-o', file, '--engine', 'local']).exited;
        expect(code).toBe(2);
        expect(stderr).toMatch(says);
      }
      expect(readFileSync(target, 'utf8')).toBe('theirs\n');
      expect(readFileSync(twin).equals(readFileSync(path))).toBe(true);
    });

    test('makes one paragraph of all phrases', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const args = [path, '--join', '--endpoint', server.url];
      expect((await bench.start(args).exited).stdout).toBe('Hello world. And goodbye.\n');
    });

    test('holds the defaults of a config file and shows where each comes from', async () => {
      const bench = here();
      const folder = join(bench.folder, 'defaults');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'config.toml'), 'silence = 8\njson = true\n');
      const env = { LULL_CONFIG_DIR: folder, LULL_LANGUAGE: 'en-US' };
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const { stdout } = await bench.start([path, '--endpoint', server.url], { env }).exited;
      expect(stdout).toMatch(/^\{"type":/);
      expect((await server.connection(0)).query.get('language_codes')).toBe('["en"]');
      const config = await bench.start(['config'], { env }).exited;
      expect(config.stdout).toMatch(/^silence +8 +.*config\.toml\njson +true +.*config\.toml\n/);
      expect(config.stdout).toMatch(/^language +en-US +LULL_LANGUAGE$/m);
    });

    test.skipIf(!existsSync('/dev/full'))('loses no word to a full disk', async () => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 12);
      const output = ['--output', '/dev/full'];
      const cli = bench.start(['--audio', path, ...output, '--endpoint', server.url]);

      const { code, stdout, stderr } = await cli.exited;
      expect({ code, stdout }).toEqual({ code: 70, stdout: 'Hello world.\nAnd goodbye.\n' });
      expect(stderr).toContain('lull: Writing to /dev/full failed (ENOSPC)');
      expect(await (await server.connection(0)).ended()).toBe(1000);
    });

    test('hands no control character of the service on', async () => {
      const bench = here();
      const text = '\u001b[2J\u001b]0;title\u0007Safe\u009b31m \u202etext\u0000.';
      const final = finalTurn({ order: 0, text, startMs: 100, endMs: 700 });
      const server = await bench.serve({ onAudio: [{ atMs: 900, send: final }] });
      const { path } = writeTalk(bench.folder, 2);
      const { stdout } = await bench.start(['--audio', path, '--endpoint', server.url]).exited;
      expect(stdout).toBe('Safe text.\n');
    });

    test('says nothing on standard error when asked to be quiet', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const cli = bench.start(['--audio', path, '--quiet', '--endpoint', server.url]);
      expect(await cli.exited).toMatchObject({ code: 0, stdout: 'Hello world.\n', stderr: '' });
    });

    test('reports the connection, the session and its end when asked to be verbose', async () => {
      const bench = here();
      const server = await bench.serve({
        ...ONE_TURN,
        begin: { id: 'session-1', expiresAt: 1_800_000_000 },
      });
      const { path } = writeTalk(bench.folder, 2);
      const cli = bench.start(['--audio', path, '--verbose', '--endpoint', server.url]);

      const { stderr } = await cli.exited;
      for (const part of [
        `connecting to ${new URL(server.url).host}`,
        'connected: session session-1, model universal-3-6-pro, expires 2027-01-15T08:00:00.000Z',
        'stopping: audio-ended',
        ': audio 2.0 s, session ',
      ]) {
        expect(stderr).toContain(part);
      }
      // Nobody waits long for the goodbye of a busy service; then there is no code.
      expect(stderr).toMatch(/^session closed with (1000 \(Session Ended\)|0): audio/m);
    });

    test('sends the words to expect from the command line and from a file', async () => {
      const bench = here();
      const server = await bench.serve(ONE_TURN);
      const { path } = writeTalk(bench.folder, 1);
      const file = join(bench.folder, 'terms.txt');
      writeFileSync(file, '# our names\nLull\n\n  Universal Streaming \n');
      const terms = ['--keyterm', 'Vosk', '--keyterms', file, '--language', 'en', 'de'];
      await bench.start(['--audio', path, ...terms, '--endpoint', server.url]).exited;

      const { query } = await server.connection(0);
      expect(query.get('keyterms_prompt')).toBe('["Vosk","Lull","Universal Streaming"]');
      expect(query.get('language_codes')).toBe('["en","de"]');
    });

    test('prints its help and its version', async () => {
      const help = await here().start(['--help']).exited;
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain('Exit codes:');
      // The one was made with the bundle, the other is made now.
      expect(help.stdout).toBe((await here().start(['help']).exited).stdout);
      const version = await here().start(['--version']).exited;
      expect(version).toMatchObject({ code: 0, stderr: '' });
      expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    });

    test('tells where a key would be kept when the folder cannot be made', async () => {
      const bench = here();
      const blocked = join(bench.folder, 'blocked');
      mkdirSync(bench.folder, { recursive: true });
      writeFileSync(blocked, '');
      const env = { LULL_CONFIG_DIR: join(blocked, 'lull') };
      const { code, stderr } = await bench.start(['login'], { env, stdin: '0123456789abcdef\n' })
        .exited;
      expect(code).toBe(70);
      expect(stderr).toMatch(/^lull: The key could not be saved in .*\n$/);
    });
  });
}
