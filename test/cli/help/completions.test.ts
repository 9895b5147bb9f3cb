import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/command-line.ts';
import { SHELLS } from '../../../src/cli/help/completions.ts';
import { parseArguments } from '../../../src/cli/parse-arguments.ts';

function scriptFor(shell: string): string {
  const invocation = parseArguments(['completions', shell], { version: '1', layers: () => [] });
  return invocation.kind === 'print' ? invocation.text : '';
}

/** What a real bash offers for the last of these words. */
function inBash(...words: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lull-completions-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'script'), scriptFor('bash'));
  const program = `. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lull; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ['--norc', '-c', program, join(folder, 'script'), 'lull', ...words];
  const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.skipIf(process.platform === 'win32')('pressing Tab in bash', () => {
  test.each([
    [['eng'], ['engine']],
    [['--sil'], ['--silence']],
    [
      ['--engine', ''],
      ['assemblyai', 'local'],
    ],
    [['--format', 's'], ['srt']],
    [['--output', ''], []],
    [['engine', 'in'], ['install']],
    [['engine', '--f'], ['--from']],
    [['doctor', '--sil'], []],
    [
      ['completions', ''],
      [...SHELLS, '--help'],
    ],
  ])('after lull %j offers %j', (words, offered) => {
    expect(inBash(...words)).toEqual(offered);
  });
});

test.each(SHELLS)('%s knows every command and every option', (shell) => {
  const script = scriptFor(shell);
  for (const [name, make] of Object.entries(COMMANDS)) {
    expect(script).toContain(name);
    for (const { long } of make('1').options) {
      expect(script).toContain(shell === 'fish' ? `-l ${long?.slice(2)} ` : long);
    }
  }
});

test.each([
  [['completions'], 'Something is missing after lull completions'],
  [['completions', 'csh'], 'What follows lull completions takes one of bash, zsh, fish'],
])('lull %j is refused with what it takes', (argv, sentence) => {
  expect(() => parseArguments(argv, { version: '1', layers: () => [] })).toThrow(sentence);
});
