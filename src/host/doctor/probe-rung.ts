import type { Clock } from '../../core/index.ts';
import { levelOf, SILENT_DB } from '../../sound/index.ts';
import type { Environment } from '../config-folder.ts';
import {
  type AttemptEnding,
  findRung,
  findSpoiled,
  startAttempt,
} from '../microphone/recorder-attempt.ts';
import { type Diagnosis, diagnose, quote } from '../microphone/recorder-messages.ts';
import type { Rung } from '../microphone/tables/rung.ts';
import type { RungCheck } from './report.ts';

export interface RungProbe {
  readonly clock: Clock;
  readonly env: Environment;
  readonly platform: string;
}

/** Enough to tell sound from zeros. */
const LISTEN_MS = 300;

const STATES = {
  'sound-server': 'no-sound-server',
  device: 'no-device',
  permission: 'permission',
  busy: 'busy',
} as const satisfies Record<Diagnosis, RungCheck['state']>;

/** Records with one rung for a moment. */
export async function probeRung(rung: Rung, probe: RungProbe): Promise<RungCheck> {
  const { name } = rung;
  const path = await findRung(rung, probe);
  if (path === undefined) {
    const spoiled = await findSpoiled(rung);
    return spoiled ? { name, state: 'failed', detail: quote(spoiled) } : { name, state: 'missing' };
  }
  const { clock } = probe;
  const startedMs = clock.now();
  let firstSampleMs: number | undefined;
  let levelDb = SILENT_DB;
  const ending = await new Promise<AttemptEnding>((resolve, reject) => {
    try {
      const recorder = startAttempt(path, {
        ...{ rung, ...probe },
        onBegun() {
          firstSampleMs = Math.round(clock.now() - startedMs);
          clock.schedule(LISTEN_MS, () => recorder.kill());
        },
        onAudio: (pcm) => {
          levelDb = Math.max(levelDb, levelOf(pcm));
        },
        onEnd: resolve,
      });
    } catch (error) {
      reject(error);
    }
  }).catch((): undefined => undefined);
  if (!ending) return { name, state: 'failed', detail: `${name} could not be started` };
  if (firstSampleMs !== undefined) {
    return { name, state: levelDb > SILENT_DB ? 'works' : 'zeros', firstSampleMs, levelDb };
  }
  return { name, state: stateOf(ending), detail: quote(ending) };
}

function stateOf({ stderr, isSilent }: AttemptEnding): RungCheck['state'] {
  const diagnosis = diagnose(stderr);
  if (diagnosis) return STATES[diagnosis];
  return isSilent ? 'no-samples' : 'failed';
}
