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
    'Lull failed for a reason it did not foresee; the output channel Lull may say more',
    { cause: error },
  );
}
