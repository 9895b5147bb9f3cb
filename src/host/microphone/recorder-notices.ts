import type { AttemptEnding } from './recorder-attempt.ts';
import { type FailedRung, quote } from './recorder-messages.ts';
import type { Rung } from './tables/rung.ts';

/** Something the person should know while recording goes on. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

export const NOTICES = {
  late: () => ({
    code: 'microphone-late',
    message:
      'The microphone has given nothing yet; a Bluetooth headset can take two seconds, so wait until it listens',
  }),
  fallback: (failed: FailedRung, { name }: Rung) => ({
    code: 'recorder-fallback',
    message: `${quote(failed)}; recording with ${name} instead`,
  }),
  restart: (broken: AttemptEnding, { name }: Rung) =>
    broken.isStalled
      ? {
          code: 'recorder-stalled',
          message: `${broken.name} ${broken.detail} for 2.5 s; recording goes on with ${name}`,
        }
      : {
          code: 'recorder-restarted',
          message: `The recording broke off (${quote(broken)}) and goes on with ${name}`,
        },
  gone: (name: string) => ({
    code: 'device-lost',
    message: `The microphone "${name}" is not connected; the default microphone records instead`,
  }),
  otherDefault: (name: string) => ({
    code: 'default-changed',
    message: `The default microphone is "${name}" now, and the recording goes on with it`,
  }),
  oddExit: ({ name, detail }: FailedRung) => ({
    code: 'recorder-exit',
    message: `${name} ${detail} when it was stopped`,
  }),
} as const satisfies Record<string, (...details: never[]) => Notice>;
