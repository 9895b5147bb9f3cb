import { type Clock, DictationError, dictate } from '../../core/index.ts';
import { openWebSocket } from '../web-socket.ts';
import type { Check } from './report.ts';

export interface TriedService {
  readonly endpoint: string;
  /** Absent where a server on this machine needs none. */
  readonly key?: string;
}

const LIMIT_MS = 15_000;
const SAMPLE_BYTES = 2;
/** As little sound as a session can be given: 100 ms at 16 kHz. */
const SILENCE = new Uint8Array(1_600 * SAMPLE_BYTES);

/** Opens a session and ends it at once, because only the service knows whether a key is good. */
export async function tryKey({ endpoint, key }: TriedService, clock: Clock): Promise<Check> {
  const dictation = dictate({
    audio: silence(),
    endpoint,
    ...(key === undefined ? {} : { key }),
    ports: { openSocket: openWebSocket, clock },
  });
  const { host } = new URL(endpoint);
  let late: DictationError | undefined;
  const cancel = clock.schedule(LIMIT_MS, () => {
    late = tooLate(host);
    dictation.abort();
  });
  const { error = late, billedSeconds } = await dictation.ended;
  cancel();
  if (error) return { name: 'key', state: 'failed', message: error.message, error };
  const what = key === undefined ? 'A session' : 'The key is good: a session';
  return {
    name: 'key',
    state: 'ok',
    message: `${what} at ${host} began, and ${Math.ceil(billedSeconds)} s were billed`,
  };
}

function tooLate(host: string): DictationError {
  const message = `${host} did not begin and end a session within ${LIMIT_MS / 1_000} s; check the endpoint and try again`;
  return new DictationError('connect-timeout', message);
}

async function* silence(): AsyncGenerator<Uint8Array> {
  yield SILENCE;
}
