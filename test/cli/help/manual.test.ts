import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/command-line.ts';
import { manPage } from '../../../src/cli/help/man-page.ts';
import { manual } from '../../../src/cli/help/manual.ts';
import { reference } from '../../../src/cli/help/reference.ts';
import { lacks } from '../../support/system-packages.ts';

const PAGES = [
  { path: 'docs/command-line.md', made: reference(manual()) },
  { path: 'docs/lull.1', made: manPage(manual()) },
] as const;

describe.each(PAGES)('$path', ({ path, made }) => {
  const page = readFileSync(path, 'utf8');

  test('is as new as the tables of the command line', () => {
    expect(page, 'it is older than they are; run: npm run manual').toBe(made);
  });

  test('knows every command, every option and every variable', () => {
    const known = page.replaceAll('\\-', '-').replaceAll('\\|', '|');
    for (const make of Object.values(COMMANDS)) {
      const command = make('1');
      const flags = command.options.map((option) => option.flags);
      expect([command.name(), ...flags].filter((one) => !known.includes(one))).toEqual([]);
    }
    expect(variables().filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** The variables of our own that the sources name. */
function variables(): readonly string[] {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(cli|host|engine)\/.*\.ts$/.test(path))
    .map((path) => readFileSync(join('src', path), 'utf8'));
  const named = sources.flatMap((source) => source.match(/\b(LULL|ASSEMBLYAI)_[A-Z_]+\b/g) ?? []);
  return [...new Set(named)];
}

describe.skipIf(lacks('groff', 'groff-base'))('the man page', () => {
  test('is understood by groff, without a complaint', () => {
    const args = ['-man', '-ww', '-Tutf8', '-P-cbou', '-rLL=78n', 'docs/lull.1'];
    const { stdout, stderr } = spawnSync('groff', args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('lull - dictation that hangs up when you stop talking');
    expect(stdout).toMatch(/^ {7}--silence <s>\n {14}stop after this many seconds of silence/m);
    // An option that is copied from the page has to work.
    expect(stdout).not.toMatch(/[‐−]/);
  });
});
