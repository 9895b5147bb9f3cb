import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const MOST_FILES_IN_A_FOLDER = 14;
const MOST_FILES_IN_CORE = 40;
const MOST_LINES_IN_CORE = 5_620;
const LONG_LINES = 250;
const TOO_LONG_LINES = 350;

/** Over 250 lines a file has to say why it still answers one question. */
const LONG_FOR_A_REASON: Readonly<Record<string, string>> = {
  'src/cli/commands/dictate.ts':
    'one dictation on the command line, from its arguments to its exit code',
  'src/core/assemblyai/close-codes.ts': 'every way a session can end, in one table',
  'src/core/dictation/dictate.ts': 'the public call: its options, their checks, its iterator',
  'src/core/dictation/dictation-step.ts': 'one dictation, from every state with every input',
  'src/core/dictation/dictation.ts':
    'carries out that step; each part is handed to the others here',
  'src/core/sessions/session-step.ts': 'one session, from every state with every input',
  'src/core/sessions/sessions.ts': 'carries out that step, and tells the news of all as one',
  'src/host/microphone/recorder.ts': 'one recording, through as many programs as it takes',
};

/** From the ground up: a room knows those below it, and those beside it. */
const CORE_FLOORS = [
  ['errors'],
  ['clean', 'events', 'ports', 'web'],
  ['assemblyai', 'options', 'request', 'service-plan', 'web-ports'],
  ['audio', 'silence', 'words'],
  ['sessions'],
  ['dictation'],
  ['index'],
] as const;

/** Rooms of test that no folder of src has, and what they hold. */
const ONLY_IN_TEST: Readonly<Record<string, string>> = {
  attacks: 'what somebody who means harm tries',
  chaos: 'dictations through a broken network',
  e2e: 'what a stranger types first',
  fixtures: 'programs and files that tests play with',
  'host/microphone/live': 'real sound servers',
  mutants: 'how good the tables are',
  packaging: 'the packages as they are shipped',
  runtimes: 'the built command line under Node, Deno and Bun',
  support: 'what several tests need',
  vscode: 'the built extension in a real editor',
};

const SOURCES = filesIn('src');

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

function linesOf(path: string): number {
  return readFileSync(path, 'utf8').trimEnd().split('\n').length;
}

/** What a file imports of its own house, types too. */
function importsOf(path: string): readonly string[] {
  const found = readFileSync(path, 'utf8').matchAll(/^(?:import|export|\}) .*?from '(\.[^']+)'/gm);
  return [...found].map(([, specifier = '']) => join(dirname(path), specifier));
}

describe('the house', () => {
  test('no room holds more files than one look takes in', () => {
    const rooms = new Map<string, number>();
    for (const path of [...SOURCES, ...filesIn('test')]) {
      rooms.set(dirname(path), (rooms.get(dirname(path)) ?? 0) + 1);
    }
    expect([...rooms].filter(([, files]) => files > MOST_FILES_IN_A_FOLDER)).toEqual([]);
  });

  test('the core is an hour of reading', () => {
    const files = SOURCES.filter((path) => path.startsWith('src/core/'));
    expect(files.length).toBeLessThanOrEqual(MOST_FILES_IN_CORE);
    const lines = files.reduce((sum, path) => sum + linesOf(path), 0);
    expect(lines).toBeLessThanOrEqual(MOST_LINES_IN_CORE);
  });

  test('a file of more than 250 lines says why, and none has more than 350', () => {
    const long = SOURCES.filter((path) => linesOf(path) > LONG_LINES);
    expect(long.filter((path) => !(path in LONG_FOR_A_REASON))).toEqual([]);
    expect(long.filter((path) => linesOf(path) > TOO_LONG_LINES)).toEqual([]);
    expect(Object.keys(LONG_FOR_A_REASON).filter((path) => !long.includes(path))).toEqual([]);
  });

  test('no file imports itself, over whatever others, and be it for a type', () => {
    const settled = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, way: readonly string[]): void => {
      if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' > '));
      if (way.includes(path) || settled.has(path) || !existsSync(path)) return;
      for (const next of importsOf(path)) visit(next, [...way, path]);
      settled.add(path);
    };
    for (const path of SOURCES) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test('no import of the core runs back up', () => {
    const roomOf = (path: string) => path.split('/')[2]?.replace(/(\.d)?\.ts$/, '') ?? '';
    const floorOf = (path: string) =>
      CORE_FLOORS.findIndex((rooms) => rooms.some((room) => room === roomOf(path)));
    const core = SOURCES.filter((path) => path.startsWith('src/core/'));
    expect(core.filter((path) => floorOf(path) === -1)).toEqual([]);
    const up = core.flatMap((path) =>
      importsOf(path)
        .filter((imported) => core.includes(imported) && floorOf(imported) > floorOf(path))
        .map((imported) => `${path} imports ${imported}`),
    );
    expect(up).toEqual([]);
  });

  test('one look at test shows the rooms of src', () => {
    const folders = [...new Set(filesIn('test').map(dirname))].map((path) => path.slice(5));
    const isKnown = (folder: string) =>
      existsSync(`src/${folder}`) ||
      /\/(support|fixtures)$/.test(folder) ||
      Object.keys(ONLY_IN_TEST).some((name) => folder === name || folder.startsWith(`${name}/`));
    expect(folders.filter((folder) => !isKnown(folder))).toEqual([]);
  });
});
