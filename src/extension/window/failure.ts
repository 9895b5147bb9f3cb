import { asDictationError, type DictationError } from '../../core/index.ts';

const UNFORESEEN =
  'Lull failed for a reason it did not foresee; the output channel Lull may say more';

/** Anything thrown, as an error that says what to do next. */
export function asFailure(thrown: unknown): DictationError {
  return asDictationError(thrown, UNFORESEEN);
}
