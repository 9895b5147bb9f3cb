import { DictationError } from '../errors.ts';
import type { DictationRequest, SessionAccess } from '../request.ts';

/** A token is minted in about a second (measured live, 2026-09). */
const ACCESS_LIMIT_MS = 10_000;

/** Asks for access; whoever does not answer has failed. */
export async function askForAccess({ access, clock }: DictationRequest): Promise<SessionAccess> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.schedule(ACCESS_LIMIT_MS, () => reject(tooLate()));
  });
  try {
    return await Promise.race([access(), late]);
  } finally {
    cancel();
  }
}

function tooLate(): DictationError {
  return new DictationError(
    'connect-timeout',
    'Access to the service was not given in time; check the network and start again',
  );
}
