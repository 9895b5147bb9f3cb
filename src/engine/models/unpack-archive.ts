import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { DictationError } from '../../core/index.ts';
import { asWriteError } from './write-error.ts';

/** Vosk's largest models have some dozens of files. */
const MOST_FILES = 1_000;
/** Weights hardly shrink: those of a model are at most three times their archive. */
const MOST_RATIO = 20;
const MOST_BYTES = 8_000_000_000;
/** What a name may be made of, so that it means the same file on every system and none elsewhere. */
const SEGMENT = /^(?!\.{1,2}$)[\w.+-]{1,100}(?<!\.)$/;
const LINK = 0o120000;
const KIND = 0o170000;

/**
 * Unpacks an archive that holds one folder; what is in that folder goes into `into`, which is there.
 * @throws DictationError `engine-unavailable` where the archive is not one that was meant well
 */
export async function unpackArchive(archive: string, into: string): Promise<void> {
  let zip: ZipFile;
  try {
    zip = await openPromise(archive);
  } catch (cause) {
    throw unfit('is not a ZIP file', cause);
  }
  try {
    const budget = { bytes: MOST_BYTES, files: MOST_FILES };
    for await (const entry of zip.eachEntry()) {
      const path = pathOf(entry);
      if (path === undefined) continue;
      budget.files -= 1;
      if (budget.files < 0) throw unfit(`holds more than ${MOST_FILES} files`);
      const most = Math.min(budget.bytes, entry.compressedSize * MOST_RATIO + 1_000);
      if (entry.uncompressedSize > most) throw unfit('unpacks to more than a model can be');
      budget.bytes -= await unpackEntry({ zip, entry, most, target: join(into, ...path) });
    }
  } catch (cause) {
    throw cause instanceof DictationError ? cause : unfit('is damaged', cause);
  } finally {
    zip.close();
  }
}

/** Below the one folder of the archive; `undefined` for folders, which come with their files. */
function pathOf(entry: Entry): readonly string[] | undefined {
  if (entry.isEncrypted()) throw unfit('is encrypted');
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & KIND) === LINK) throw unfit('holds a link');
  const isFolder = entry.fileName.endsWith('/');
  const segments = entry.fileName.replace(/\/$/, '').split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) {
    throw unfit('holds a file that would be written elsewhere');
  }
  if (isFolder) return undefined;
  const [, ...path] = segments;
  if (path.length === 0) throw unfit('holds a file outside its folder');
  return path;
}

/** Gives the bytes written. What the header says of the size is checked, not believed. */
async function unpackEntry({
  zip,
  entry,
  most,
  target,
}: {
  readonly zip: ZipFile;
  readonly entry: Entry;
  readonly most: number;
  readonly target: string;
}): Promise<number> {
  let written = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.byteLength;
      if (written > most) done(unfit('unpacks to more than a model can be'));
      else done(null, chunk);
    },
  });
  const content = await zip.openReadStreamPromise(entry);
  // A stream of lies goes on complaining after the pipeline has given it up.
  content.on('error', () => {});
  try {
    await mkdir(dirname(target), { recursive: true });
    // Two entries of one name would be two answers to what the file is.
    await pipeline(content, counting, createWriteStream(target, { flags: 'wx' }));
  } catch (cause) {
    if (isOfSystem(cause)) throw asWriteError(cause, target);
    throw cause;
  }
  return written;
}

function isOfSystem(cause: unknown): boolean {
  return (
    cause instanceof Error && 'syscall' in cause && !('code' in cause && cause.code === 'EEXIST')
  );
}

function unfit(what: string, cause?: unknown): DictationError {
  const message = `The archive ${what}; nothing was installed, and its publisher should hear of it`;
  return new DictationError('engine-unavailable', message, { cause });
}
