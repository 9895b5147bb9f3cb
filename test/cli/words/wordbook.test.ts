import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readWordbook } from '../../../src/cli/words/wordbook.ts';

const root = mkdtempSync(join(tmpdir(), 'lull-words-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const GIT = { PATH: process.env['PATH'] ?? '', HOME: root };

function file(name: string, text: string): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function project(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) file(join(name, path), text);
  const folder = join(root, name);
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { env: GIT, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=feature/kumquat');
  git('add', '--all');
  return folder;
}

describe('the words of the command line', () => {
  test('a line of --replace that is none is named, and the others count', async () => {
    const replacePath = file(
      'replace.txt',
      'foo => bar\nnonsense\n=> nothing heard\ntype script => TypeScript\n',
    );
    const { replace, notes } = await readWordbook({ options: {}, replacePath }, GIT);
    expect(replace('Foo in type script.')).toBe('bar in TypeScript.');
    expect(notes).toEqual([
      {
        code: 'replacement-ignored',
        message: `Line 2 of ${replacePath}: There is no "=>"; write "what is heard => what is written"`,
      },
      {
        code: 'replacement-ignored',
        message: `Line 3 of ${replacePath}: Nothing stands before "=>"; write what is heard there`,
      },
    ]);
  });

  test('a keyterm that cannot be sent is named with its line, and left out', async () => {
    const keytermsPath = file('terms.txt', `Dvořák\n${'long '.repeat(20)}\n\u0007bell\n# remark\n`);
    const { keyterms, notes } = await readWordbook(
      { options: { keyterms: ['Janáček'] }, keytermsPath },
      GIT,
    );
    expect(keyterms).toEqual(['Janáček', 'Dvořák']);
    expect(notes.map(({ message }) => message.replace(root, ''))).toEqual([
      'Line 2 of /terms.txt: A keyterm has more than 50 characters; shorten it',
      'Line 3 of /terms.txt: A keyterm holds a control character; write it as it is spoken',
    ]);
  });

  test.each([
    ['keytermsPath', '--keyterms cannot read no.txt (ENOENT); name a text file'],
    ['replacePath', '--replace cannot read no.txt (ENOENT); name a text file'],
  ])('a file that is not there is named (%s)', async (option, message) => {
    await expect(readWordbook({ options: {}, [option]: 'no.txt' }, GIT)).rejects.toThrow(message);
  });
});

describe('the names of a project', () => {
  test('are those of its tracked code, its packages and its branch', async () => {
    const folder = project('app', {
      'src/kumquat-store.ts':
        'export class KumquatStore {}\nexport function openKumquatStore() {}\n',
      'package.json': '{"name":"kumquat-client","dependencies":{"left-kumquat":"1"}}',
      '.lull/keyterms': 'Calamondin\n\u0001\n',
    });
    const found = await readWordbook({ options: {}, project: folder }, GIT);
    expect(found.keyterms).toEqual(['Calamondin']);
    expect(found.notes).toHaveLength(1);
    expect(found.project?.files).toContain('src/kumquat-store.ts');
    const names = await found.project?.harvest(found.keyterms);
    expect(names?.toSorted()).toEqual([
      'kumquat',
      'kumquat client',
      'kumquat store',
      'left kumquat',
      'open kumquat store',
    ]);
  });

  test('nothing that git ignores, nor what a link leads to, nor a file of secrets is read', async () => {
    const names = (city: string) => `class ${city}Map {}\nclass ${city}List {}\n`;
    const outside = file('outside/plain.ts', names('Zanzibar'));
    mkdirSync(join(root, 'guarded'), { recursive: true });
    symlinkSync(outside, join(root, 'guarded', 'linked.ts'));
    const folder = project('guarded', {
      '.gitignore': 'build/\n',
      'build/generated.ts': names('Casablanca'),
      'config/secrets.ts': names('Madagascar'),
      'lib/plain.ts': names('Marrakesh'),
      'src/plain.ts': names('Tangier'),
    });
    const { project: found } = await readWordbook({ options: {}, project: folder }, GIT);
    expect(found?.files).not.toContain('linked.ts');
    // What was tracked in a folder is looked for behind a link that has taken its place.
    rmSync(join(folder, 'src'), { recursive: true });
    symlinkSync(join(root, 'outside'), join(folder, 'src'));
    expect((await found?.harvest([]))?.toSorted()).toEqual(['marrakesh list', 'marrakesh map']);
  });

  test('a folder that git does not know is refused', async () => {
    mkdirSync(join(root, 'plain'), { recursive: true });
    await expect(readWordbook({ options: {}, project: join(root, 'plain') }, GIT)).rejects.toThrow(
      /^--project finds no git repository at .*plain; name the folder of one/,
    );
  });

  test('looking at it runs no program that its settings name', async () => {
    const folder = project('hostile', { 'a.ts': 'export class Harmless {}\n' });
    const mark = join(root, 'was-run');
    execFileSync('git', ['-C', folder, 'config', 'core.fsmonitor', `touch ${mark}; false`], {
      env: GIT,
    });
    await readWordbook({ options: {}, project: folder }, GIT);
    expect(() => execFileSync('test', ['!', '-e', mark])).not.toThrow();
  });
});
