import { asDictationError, type DictationError } from '../core/index.ts';

const UNFORESEEN =
  'Lull failed for a reason it did not foresee; run it again with --verbose and report what it prints';

/** Anything thrown, as an error that says what to do next. */
export function asFailure(thrown: unknown): DictationError {
  return asDictationError(thrown, UNFORESEEN);
}

/** The system's short name for what went wrong, such as ENOSPC. */
export function systemReason(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
