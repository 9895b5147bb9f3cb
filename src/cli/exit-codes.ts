import { asDictationError, type DictationError, type ErrorArea } from '../core/index.ts';

/** Any normal end; Ctrl-C and SIGTERM included. */
export const EXIT_OK = 0;
/** A second Ctrl-C, as shells report a process that SIGINT ended. */
export const EXIT_INTERRUPTED = 130;

const EXIT_CODES = {
  usage: 2,
  account: 3,
  service: 4,
  recorder: 5,
  audio: 6,
  output: 70,
  internal: 70,
} as const satisfies Record<ErrorArea, number>;

export function exitCodeFor(area: ErrorArea): number {
  return EXIT_CODES[area];
}

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
