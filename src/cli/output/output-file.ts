import { closeSync, createWriteStream, fstatSync, ftruncateSync, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { DictationError } from '../../core/index.ts';
import { systemReason } from '../exit-codes.ts';

export interface OutputFile {
  readonly path: string;
  /** Empties the file and gives the stream to write to. Call once. */
  begin(): Writable;
  /** Leaves the file as it was; only before `begin()`. */
  discard(): void;
}

/**
 * Opens `--output` before anything is recorded, so that a bad path costs nothing. What the file
 * held stays until `begin()`: a dictation that never starts destroys nothing.
 */
export function openOutputFile(path: string): OutputFile {
  const file = openForAppending(path);
  return {
    path,
    begin() {
      // Pipes and devices cannot be emptied.
      if (fstatSync(file).isFile()) ftruncateSync(file);
      return createWriteStream('', { fd: file });
    },
    discard() {
      closeSync(file);
    },
  };
}

function openForAppending(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (cause) {
    throw new DictationError(
      'invalid-option',
      `--output cannot write to ${path} (${systemReason(cause)}); name a file in a folder you may write to`,
      { cause },
    );
  }
}
