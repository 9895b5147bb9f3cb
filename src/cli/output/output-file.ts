import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  createWriteStream,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import type { Writable } from 'node:stream';
import { DictationError } from '../../core/index.ts';
import { systemReason } from '../exit-codes.ts';

export interface OutputFile {
  readonly path: string;
  readonly stream: Writable;
  /** The first finished words are written: they take the place of what the file held. */
  keep(): void;
  /** At the end, or where the dictation could not begin: leaves no draft behind. */
  close(outcome: 'ended' | 'never-begun'): void;
}

export interface OutputRequest {
  readonly path: string;
  readonly mode: 'replace' | 'append';
  /** The recording that is being read, which must not be written over. */
  readonly recording: string | undefined;
}

// Windows has no such flag, nor links that anybody may make.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const { O_WRONLY, O_CREAT, O_APPEND, O_RDWR, O_EXCL } = constants;
const NEW_LINE = 10;

/**
 * Opens `--output` before anything is recorded, so that a bad path costs nothing. What the file held
 * stays until there are words: they are written to a draft beside it, which then takes its place. A
 * dictation in which nothing is said, or a full disk, destroys nothing.
 */
export function openOutputFile({ path, mode, recording }: OutputRequest): OutputFile {
  try {
    const old = lookAt(path);
    if (old?.isSymbolicLink()) {
      throw refuse(`${path} is a link; name the file it leads to, or - for standard output`);
    }
    if (old !== undefined && isSame(old, recording)) {
      throw refuse(`${path} is the audio that is being read; name another file`);
    }
    // A pipe or a device has nothing to keep, and nothing may stand in its place.
    if (old !== undefined && !old.isFile()) return direct(path, openSync(path, 'a'));
    return mode === 'append' ? appended(path, old) : drafted(path, old);
  } catch (cause) {
    if (cause instanceof DictationError) throw cause;
    const reason = systemReason(cause);
    throw refuse(
      `cannot write to ${path} (${reason}); name a file in a folder you may write to`,
      cause,
    );
  }
}

function drafted(path: string, old: Stats | undefined): OutputFile {
  if (old !== undefined) accessSync(path, constants.W_OK);
  const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
  const mode = old === undefined ? 0o666 : old.mode & 0o777;
  const file = openSync(draft, O_WRONLY | O_CREAT | O_EXCL | NO_FOLLOW, mode);
  let state: 'draft' | 'in-place' = 'draft';
  const keep = () => {
    if (state === 'in-place') return;
    state = 'in-place';
    renameSync(draft, path);
  };
  return {
    path,
    stream: createWriteStream('', { fd: file }),
    keep,
    close(outcome) {
      if (state === 'in-place') return;
      if (outcome === 'ended' && old === undefined) keep();
      else rmSync(draft, { force: true });
    },
  };
}

function appended(path: string, old: Stats | undefined): OutputFile {
  const file = openSync(path, O_RDWR | O_CREAT | O_APPEND | NO_FOLLOW, 0o666);
  const { size } = fstatSync(file);
  const last = Buffer.from([NEW_LINE]);
  if (size > 0) readSync(file, last, 0, 1, size - 1);
  // What was typed by hand often lacks the last line break.
  if (last[0] !== NEW_LINE) writeSync(file, '\n');
  const { stream } = direct(path, file);
  return {
    path,
    stream,
    keep() {},
    close(outcome) {
      if (outcome === 'never-begun' && old === undefined) rmSync(path, { force: true });
    },
  };
}

function direct(path: string, file: number): OutputFile {
  const stream = createWriteStream('', { fd: file });
  return { path, stream, keep() {}, close() {} };
}

function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function isSame(old: Stats, recording: string | undefined): boolean {
  if (recording === undefined) return false;
  const read = statSync(recording, { throwIfNoEntry: false });
  return read !== undefined && read.ino === old.ino && read.dev === old.dev;
}

function refuse(message: string, cause?: unknown): DictationError {
  return new DictationError('invalid-option', `--output ${message}`, { cause });
}
