import { DictationError, type ErrorCode } from '../core/index.ts';

/**
 * Anything thrown, as a DictationError. The engine is a bundle of its own, so its errors are of a
 * class of the same name but not of the same identity.
 */
export function asDictationError(error: unknown): DictationError {
  if (error instanceof DictationError) return error;
  if (error instanceof Error && error.name === 'DictationError' && 'code' in error) {
    return new DictationError(error.code as ErrorCode, error.message, { cause: error });
  }
  return new DictationError(
    'internal',
    'Lull failed for a reason it did not foresee; run it again with --verbose and report what it prints',
    { cause: error },
  );
}

/** The system's short name for what went wrong, such as ENOSPC. */
export function systemReason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
