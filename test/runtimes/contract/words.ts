import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliBench } from '../running-cli.ts';
import { writeTalk } from '../talk.ts';
import { LATE_TURN } from './scripts.ts';

/** What is expected and what is written. */
export function describeWords(here: () => CliBench): void {
  describe('the words', () => {
    const dictate = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const bench = here();
      const server = await bench.serve(LATE_TURN);
      const { path } = writeTalk(bench.folder, 2);
      const exit = await bench.start(['--audio', path, '--endpoint', server.url, ...args], { env })
        .exited;
      return { server, exit };
    };

    test('go through a filter of the person, in order and before the exit', async () => {
      const { exit } = await dictate(['--filter', 'sed s/world/moon/; sleep 0.3']);
      expect(exit).toMatchObject({ code: 0, stdout: 'Hello moon.\nAnd goodbye.\n' });
    });

    test('come all the same where the filter never answers, with one warning', async () => {
      const { exit } = await dictate(['--filter', 'cat > /dev/null; sleep 60 & sleep 60']);
      expect(exit).toMatchObject({ code: 0, stdout: 'Hello world.\nAnd goodbye.\n' });
      expect(exit.stderr.match(/--filter took more than 5 s/g)).toHaveLength(1);
    });

    test('that the filter keeps are not written, and its failure is an event', async () => {
      const filter = 'grep -q Hello && exit 77; exit 9';
      const { exit } = await dictate(['--json', '--filter', filter]);
      const events = exit.stdout.trimEnd().split('\n');
      const told = events.map((line) => JSON.parse(line));
      expect(told.filter(({ type }) => type === 'final')).toMatchObject([{ text: 'And goodbye.' }]);
      expect(told.find(({ type }) => type === 'warning')).toEqual({
        type: 'warning',
        code: 'filter-failed',
        message: '--filter ended with exit code 9; phrases it fails on stay as they were heard',
      });
      expect(told.at(-1)).toMatchObject({ type: 'end', finals: 2 });
    });

    test('a filter learns no key', async () => {
      const key = { ASSEMBLYAI_API_KEY: '0123456789abcdef0123456789abcdef' };
      const { exit } = await dictate(['--filter', 'env | grep -c 0123456789 || true'], key);
      expect(exit.stdout).toBe('0\n0\n');
    });

    test('are replaced as a file says, whose wrong lines are named', async () => {
      const bench = here();
      const file = join(bench.folder, 'replace.txt');
      writeFileSync(file, '# planets\nworld => moon\nno arrow\n');
      const { exit } = await dictate(['--replace', file]);
      expect(exit).toMatchObject({ code: 0, stdout: 'Hello moon.\nAnd goodbye.\n' });
      expect(exit.stderr).toContain(`lull: Line 3 of ${file}: There is no "=>"`);
    });

    test('are replaced and filtered as the config file says', async () => {
      const config = join(here().folder, 'config-words');
      const file = join(config, 'replace.txt');
      mkdirSync(config, { recursive: true });
      writeFileSync(file, 'world => moon\n');
      writeFileSync(join(config, 'config.toml'), `replace = '${file}'\nfilter = 'tr a-z A-Z'\n`);
      const { exit } = await dictate([], { LULL_CONFIG_DIR: config });
      expect(exit.stdout).toBe('HELLO MOON.\nAND GOODBYE.\n');
    });

    test('of a project are expected: told to the session, and what git ignores is not', async () => {
      const bench = here();
      const project = join(bench.folder, 'project');
      mkdirSync(join(project, 'src'), { recursive: true });
      writeFileSync(join(project, 'src', 'a.ts'), 'class KumquatMap {}\nclass KumquatList {}\n');
      writeFileSync(join(project, 'src', 'b.ts'), 'class ZanzibarMap {}\nclass ZanzibarList {}\n');
      writeFileSync(join(project, '.gitignore'), 'b.ts\n');
      execFileSync('git', ['init', '--quiet', project]);
      execFileSync('git', ['-C', project, 'add', '--all']);
      const { server, exit } = await dictate(['--project', project, '--keyterm', 'Dvořák']);
      expect(exit.code).toBe(0);
      const connection = server.connections[0];
      const asked = connection?.query.get('keyterms_prompt') ?? '';
      const told = JSON.stringify(connection?.frames.filter(({ kind }) => kind === 'message'));
      expect(asked).toContain('Dvořák');
      expect(`${asked}${told}`).toContain('"Dvořák","kumquat list","kumquat map"');
      expect(`${asked}${told}`).not.toContain('zanzibar');
    });
  });
}
