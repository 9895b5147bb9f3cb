import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ModelOffer } from '../../../src/engine/models/catalogue.ts';
import { installModel } from '../../../src/engine/models/install-model.ts';
import { installedModels, removeModel } from '../../../src/engine/models/installed-models.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { type Answer, serving, startMirror } from './support/mirror.ts';
import { writeZip, type ZipEntry } from './support/zip-writer.ts';

const NAME = 'vosk-model-small-xx-0.1';
// Weights do not shrink.
const WEIGHTS = randomBytes(300_000);
const GOOD: readonly ZipEntry[] = [
  { name: `${NAME}/` },
  { name: `${NAME}/am/final.mdl`, content: WEIGHTS },
  { name: `${NAME}/conf/mfcc.conf`, content: Buffer.from('--use-energy=false\n') },
  { name: `${NAME}/conf/model.conf`, content: Buffer.from('--beam=10\n') },
];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lull-models-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Whatever the archive holds, its checksum is the pinned one unless another is given. */
async function install({
  archive = writeZip(GOOD),
  answer = serving(archive),
  folder = newFolder(),
  ...offered
}: {
  readonly archive?: Buffer;
  readonly answer?: Answer;
  readonly folder?: string;
} & Partial<ModelOffer> &
  Partial<Parameters<typeof installModel>[0]>) {
  const mirror = await startMirror(answer);
  const { clock, signal, onProgress, ...rest } = offered;
  const offer: ModelOffer = {
    name: NAME,
    language: 'none',
    licence: 'none',
    url: `${mirror.url}/${NAME}.zip`,
    bytes: archive.length,
    sha256: sha256Of(archive),
    ...rest,
  };
  const controls = {
    ...(clock && { clock }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  };
  const outcome = await installModel({ offer, folder, ...controls }).then(
    (model) => ({ model, error: undefined }),
    (error: Error) => ({ model: undefined, error }),
  );
  return { ...outcome, folder, mirror };
}

describe('installing a model', () => {
  test('puts its files where the engine finds them, tells how far it is, and leaves nothing else', async () => {
    const told: string[] = [];
    const archive = writeZip(GOOD);
    const { model, folder } = await install({
      archive,
      onProgress: (progress) => told.push(progress.kind),
    });

    expect(model).toEqual({ name: NAME, path: join(folder, NAME) });
    expect(readFileSync(join(folder, NAME, 'am/final.mdl')).equals(WEIGHTS)).toBe(true);
    expect(readdirSync(folder)).toEqual([NAME]);
    expect(await installedModels(folder)).toEqual([model]);
    expect([...new Set(told)]).toEqual(['fetching', 'checking', 'unpacking']);
  });

  test('asks nobody for a model that is there already', async () => {
    const first = await install({});
    const again = await install({ folder: first.folder, answer: () => expect.unreachable() });
    expect(again.model).toEqual(first.model);
    expect(again.mirror.ranges).toEqual([]);
  });

  test('goes on where a download that broke off ended', async () => {
    const archive = writeZip(GOOD);
    const half = archive.length >> 1;
    const broken = await install({
      archive,
      answer: (_, response) => {
        response.writeHead(200, { 'Content-Length': archive.length });
        response.write(archive.subarray(0, half), () => response.destroy());
      },
    });
    expect(broken.error).toMatchObject({
      code: 'connection-lost',
      message: expect.stringContaining('run the same command to continue'),
    });
    const { size } = statSync(join(broken.folder, `.${NAME}.zip.part`));

    const { model, mirror } = await install({ archive, folder: broken.folder });
    expect(mirror.ranges).toEqual([`bytes=${size}-`]);
    expect(model).toBeDefined();
  });

  test('starts over where the server cannot go on', async () => {
    const folder = newFolder();
    const archive = writeZip(GOOD);
    writeFileSync(join(folder, `.${NAME}.zip.part`), archive.subarray(0, 1_000));
    const { model } = await install({
      archive,
      folder,
      answer: (_, response) => response.end(archive),
    });
    expect(model).toBeDefined();
  });

  test('needs no second download of an archive that came in whole before', async () => {
    const folder = newFolder();
    const archive = writeZip(GOOD);
    writeFileSync(join(folder, `.${NAME}.zip.part`), archive);
    expect((await install({ archive, folder })).model).toBeDefined();
  });

  test('stops when it is told to, keeps what came, and installs nothing', async () => {
    const stopping = new AbortController();
    const archive = writeZip(GOOD);
    const { error, folder } = await install({
      archive,
      answer: (_, response) => {
        response.writeHead(200, { 'Content-Length': archive.length });
        response.write(archive.subarray(0, 50_000));
      },
      signal: stopping.signal,
      onProgress: (progress) => {
        if (progress.kind === 'fetching' && progress.bytes > 0) stopping.abort();
      },
    });
    expect(error?.message).toContain('The download was stopped');
    expect(readdirSync(folder)).toEqual([`.${NAME}.zip.part`]);
  });

  test('gives up on a server that sends nothing for half a minute', async () => {
    const clock = new FakeClock();
    const { error } = await install({
      clock,
      answer: (_, response) => {
        response.writeHead(200, { 'Content-Length': 10_000 }).write('PK');
      },
      onProgress: (progress) => {
        if (progress.kind === 'fetching' && progress.bytes > 0) clock.advance(30_000);
      },
    });
    expect(error?.message).toMatch(/127\.0\.0\.1:\d+ sent nothing for 30 s/);
  });

  test.each<[string, Answer, string]>([
    ['404', (_, response) => response.writeHead(404).end(), 'check the name of the model'],
    ['a server that fails', (_, response) => response.writeHead(503).end(), 'answered 503'],
    [
      'a login page',
      (_, response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Welcome to the hotel'),
      'a web page instead of the archive',
    ],
    [
      'more than the archive has',
      (_, response) => response.end(Buffer.alloc(1_000_000)),
      'more than this model has',
    ],
    [
      'a size that is too large',
      (_, response) => response.writeHead(200, { 'Content-Length': 9e12 }).write('PK'),
      'more than this model has',
    ],
  ])('refuses %s with what to do', async (_, answer, sentence) => {
    const { error, folder } = await install({ answer });
    expect(error?.message).toContain(sentence);
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  test('says which host cannot be reached', async () => {
    const { error } = await install({ url: 'http://127.0.0.1:9/model.zip' });
    expect(error).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('127.0.0.1:9 cannot be reached'),
    });
  });

  test('throws away what is not the archive that was meant', async () => {
    const { error, folder } = await install({ sha256: '0'.repeat(64) });
    expect(error?.message).toContain('its checksum differs');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('says that the disk is full', async () => {
    // The file itself stands for a full disk.
    const folder = newFolder();
    symlinkSync('/dev/full', join(folder, `.${NAME}.zip.part`));
    const { error } = await install({ folder });
    expect(error).toMatchObject({
      code: 'output-failed',
      message: expect.stringContaining('the disk is full; make room and try again'),
    });
  });

  test('says who may not write', async () => {
    const folder = join(newFolder(), 'file');
    writeFileSync(folder, '');
    const { error } = await install({ folder: join(folder, 'models') });
    expect(error).toMatchObject({
      code: 'output-failed',
      message: expect.stringContaining('check who may write there'),
    });
  });
});

describe('an archive that was not meant well', () => {
  const bomb = Buffer.alloc(40_000_000);

  test.each<[string, readonly ZipEntry[] | Buffer, string]>([
    ['no archive at all', Buffer.from('PK not really'), 'is not a ZIP file'],
    ['an archive that was cut', writeZip(GOOD).subarray(0, 5_000), 'is not a ZIP file'],
    ['a path that leads out', [...GOOD, { name: `${NAME}/../../escaped` }], 'is damaged'],
    ['an absolute path', [...GOOD, { name: '/tmp/escaped' }], 'is damaged'],
    ['a path of Windows', [...GOOD, { name: `${NAME}\\..\\..\\escaped` }], 'is damaged'],
    ['a drive of Windows', [...GOOD, { name: `${NAME}/C:escaped` }], 'written elsewhere'],
    ['a device of Windows', [...GOOD, { name: `${NAME}/am/final.mdl.` }], 'written elsewhere'],
    [
      'a link',
      [...GOOD, { name: `${NAME}/out`, content: Buffer.from('/etc'), mode: 0o120777 }],
      'holds a link',
    ],
    ['the same file twice', [...GOOD, { name: `${NAME}/conf/model.conf` }], 'is damaged'],
    ['a bomb', [...GOOD, { name: `${NAME}/zeros`, content: bomb }], 'more than a model can be'],
    [
      'a bomb that says it is small',
      [...GOOD, { name: `${NAME}/zeros`, content: bomb, claimedBytes: 1_000 }],
      'is damaged',
    ],
    [
      'files without end',
      [...GOOD, ...Array.from({ length: 1_001 }, (_, index) => ({ name: `${NAME}/f${index}` }))],
      'more than 1000 files',
    ],
    ['a secret', [...GOOD, { name: `${NAME}/x`, isEncrypted: true }], 'is encrypted'],
    ['a file beside its folder', [...GOOD, { name: 'loose' }], 'outside its folder'],
    ['no model', GOOD.slice(0, 2), 'holds no model'],
  ])('is refused with nothing left of it: %s', async (_, content, sentence) => {
    const archive = Buffer.isBuffer(content) ? content : writeZip(content);
    const { error, folder } = await install({ archive });
    expect(error).toMatchObject({ code: 'engine-unavailable' });
    expect(error?.message).toContain(sentence);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(folder, '../escaped'))).toBe(false);
    expect(existsSync('/tmp/escaped')).toBe(false);
  });
});

describe('removing a model', () => {
  test('deletes it, and names those there are where it is another', async () => {
    const { folder } = await install({});
    await expect(removeModel('../..', folder)).rejects.toThrow(`these are: ${NAME}`);
    await removeModel(NAME, folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});
