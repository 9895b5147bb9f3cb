import { DictationError } from '../../core/index.ts';

/** What keeps a file from being written, said with what can be done. */
export function asWriteError(cause: unknown, path: string): DictationError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const advice =
    reason === 'ENOSPC' || reason === 'EDQUOT'
      ? 'the disk is full; make room and try again'
      : `${reason}; check who may write there, or name another folder in LULL_DATA_DIR`;
  const message = `${path} cannot be written: ${advice}`;
  return new DictationError('output-failed', message, { cause });
}
