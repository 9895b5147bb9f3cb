import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  finalTurn,
  partialTurn,
  type ServerScript,
  startScriptedServer,
} from '../../src/testing/index.ts';
import { ONE_TURN } from '../runtimes/contract/scripts.ts';
import { eventsIn, RunningCli } from '../runtimes/running-cli.ts';
import { writeTalk } from '../runtimes/talk.ts';

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly const?: string }>>;
}

const page = readFileSync('docs/events.md', 'utf8');
/** Of its table: the event, and its fields. */
const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (.*?) +\|/gm)].map(([, type, fields = '']) => ({
  type,
  fields: [...fields.matchAll(/`(\w+)\??`/g)].map(([, field]) => field),
}));

function schemaOfTheTypes() {
  const schema = createGenerator({
    path: 'src/core/events.ts',
    tsconfig: 'src/core/tsconfig.json',
    type: 'DictationEvent',
    // The gate has checked them, with a newer compiler.
    skipTypeCheck: true,
  }).createSchema('DictationEvent');
  return { ...schema, title: 'An event of a dictation, one line of lull --json' };
}

/** `npx vitest run -u` of this file writes the schema anew. */
test('docs/events.schema.json is what the types say', async () => {
  const schema = `${JSON.stringify(schemaOfTheTypes(), undefined, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../docs/events.schema.json');
});

test('docs/events.md tells of every event and every field, and of no other', () => {
  const { definitions } = JSON.parse(readFileSync('docs/events.schema.json', 'utf8'));
  const events: readonly ObjectSchema[] = definitions.DictationEvent.anyOf;
  const known = events.map(({ properties: { type, ...others } }) => [
    type?.const,
    Object.keys(others).toSorted(),
  ]);
  const told = rows.map(({ type, fields }) => [type, fields.toSorted()]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
});

test.each([
  ['reason to end', 'EndReason', 'events.md'],
  ['error code', 'ErrorCode', 'troubleshooting.md'],
])('every %s (%s) is told of in docs/%s', (_, name, file) => {
  const { definitions } = JSON.parse(readFileSync('docs/events.schema.json', 'utf8'));
  const values: readonly string[] = definitions[name].enum;
  const text = readFileSync(`docs/${file}`, 'utf8');
  expect(values.filter((value) => !text.includes(`\`${value}\``))).toEqual([]);
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lull-events-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines of JSON of one run of the built program against a service that plays these scripts. */
async function eventsOf(args: readonly string[], ...scripts: readonly ServerScript[]) {
  const server = await startScriptedServer(...scripts);
  onTestFinished(() => server.close());
  const audio = ['--audio', writeTalk(folder, 14).path];
  const line = [process.execPath, 'dist/cli.mjs', ...audio, '--json', '--endpoint', server.url];
  const { PATH = '' } = process.env;
  const place = { cwd: '.', env: { PATH, HOME: folder, LULL_CONFIG_DIR: folder } };
  const { stdout } = await RunningCli.start([...line, ...args], place).exited;
  return eventsIn(stdout);
}

test('what the program prints is what the schema says, whatever happens', async () => {
  const again = partialTurn({ order: 1, text: 'and more', startMs: 1_700, endMs: 1_900 });
  const more = finalTurn({ order: 0, text: 'And more.', startMs: 300, endMs: 600 });
  const [dictated, refused] = await Promise.all([
    eventsOf(
      ['--silence', '2', '--warning', '1'],
      {
        begin: { model: 'another' },
        onAudio: [
          ...(ONE_TURN.onAudio ?? []),
          { atMs: 2_000, send: again },
          { atMs: 2_400, close: 'dropped' },
        ],
      },
      { onAudio: [{ atMs: 900, send: more }] },
    ),
    eventsOf([], { refuse: { status: 401 } }),
  ]);
  const events = [...dictated, ...refused];
  const isEvent = new Ajv({ allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('docs/events.schema.json', 'utf8')),
  );
  const wrong = events.filter((event) => !isEvent(event));
  expect(wrong).toEqual([]);

  const seen = new Set(events.map(({ type }) => type));
  expect(rows.map(({ type }) => type).filter((type) => !seen.has(type))).toEqual([]);
});
