import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Clock } from '../../core/index.ts';
import type { Environment } from '../config-folder.ts';
import { findProgram, type ProgramSearch } from '../programs/find-program.ts';
import { hasNeeds } from './devices.ts';
import type { FailedRung } from './recorder-messages.ts';
import { type RecorderProcess, startRecorderProcess } from './recorder-process.ts';
import { SoundLoss } from './sound-loss.ts';
import type { Rung } from './tables/rung.ts';

export interface AttemptOptions {
  readonly rung: Rung;
  readonly clock: Clock;
  readonly env: Environment;
  readonly platform: string;
  /** The first sample has come. */
  onBegun(): void;
  /** Whole samples. */
  onAudio(pcm: Uint8Array): void;
  /** Of the last seconds, so much did not come: 0 to 1. */
  onLoss?(share: number): void;
  /** Once, and the last. */
  onEnd(ending: AttemptEnding): void;
}

export interface AttemptEnding extends FailedRung {
  readonly hasRecorded: boolean;
  /** It was asked to end, and did so as it should. */
  readonly isExpected: boolean;
}

/** Bluetooth headsets need up to two seconds to change to their microphone. */
const FIRST_SAMPLE_LIMIT_MS = 2_500;
/** A recorder that records gives something every 130 ms at the least. */
const STALL_LIMIT_MS = 2_500;
const SAMPLE_BYTES = 2;
const NOTHING = new Uint8Array(0);

/** The absolute path of the rung's program; `undefined` where the rung is not there. */
export async function findRung(rung: Rung, search: ProgramSearch): Promise<string | undefined> {
  const path = await findProgram(rung.command, search);
  return path !== undefined && (await hasNeeds(rung)) ? path : undefined;
}

/**
 * What became of a program that came with Lull and cannot be found as one that may be run. Where Lull
 * has none for the platform, the paper that goes with it is not there either.
 */
export async function findSpoiled({ name, command }: Rung): Promise<FailedRung | undefined> {
  const folder = dirname(command);
  if (!isAbsolute(command) || !(await isThere(join(folder, 'ffmpeg-build.txt')))) return undefined;
  const detail = (await isThere(command))
    ? `may not be run; run: chmod 755 '${command}'`
    : `is gone from ${folder}; an antivirus program may have taken it: allow it there and install Lull again`;
  return { name, detail, stderr: '', isSpoiled: true };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Records with the program at `path`. @throws what the runtime throws for a file it cannot run */
export function startAttempt(path: string, options: AttemptOptions): RecorderProcess {
  const { rung, clock, env, platform } = options;
  let held: Uint8Array = NOTHING;
  let state: 'waiting' | 'recording' | 'silent' | 'stalled' | 'not-sound' = 'waiting';
  const loss = new SoundLoss();
  let lastAtMs = clock.now();

  const cancelWait = clock.schedule(FIRST_SAMPLE_LIMIT_MS, () => {
    state = 'silent';
    process.kill();
  });
  let cancelLook = () => {};
  const look = () => {
    const quietMs = clock.now() - lastAtMs;
    if (quietMs >= STALL_LIMIT_MS) {
      state = 'stalled';
      process.kill();
    } else cancelLook = clock.schedule(STALL_LIMIT_MS - quietMs, look);
  };
  const process = startRecorderProcess({
    ...{ rung, path, env, platform, clock },
    onAudio(piece) {
      const pcm = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const whole = pcm.length - (pcm.length % SAMPLE_BYTES);
      held = pcm.subarray(whole);
      // Half a sample is no sign of a microphone yet.
      if (whole === 0 || state === 'not-sound') return;
      lastAtMs = clock.now();
      if (state === 'waiting') {
        cancelWait();
        if (isText(pcm)) {
          state = 'not-sound';
          process.kill();
          return;
        }
        state = 'recording';
        cancelLook = clock.schedule(STALL_LIMIT_MS, look);
        options.onBegun();
      }
      options.onAudio(pcm.subarray(0, whole));
      const lost = loss.heard(whole, lastAtMs);
      if (lost !== undefined) options.onLoss?.(lost);
    },
    onEnd({ isExpected, isKilled, detail, stderr }) {
      cancelWait();
      cancelLook();
      options.onEnd({
        name: rung.name,
        detail: DETAILS[state] ?? detail,
        stderr,
        isKilled,
        hasRecorded: state === 'recording' || state === 'stalled',
        isExpected: isExpected && DETAILS[state] === undefined,
        ...(state === 'silent' ? { isSilent: true } : {}),
        ...(state === 'stalled' ? { isStalled: true } : {}),
      });
    },
  });
  return process;
}

const DETAILS: Readonly<Record<string, string>> = {
  silent: 'gave no sound',
  stalled: 'went silent',
  'not-sound': 'wrote text or a sound file instead of raw 16-bit sound',
};

const TEXT_BYTES = 16;

/** Letters only, as no sound has them, or the head of a sound file, which is not raw. */
function isText(pcm: Uint8Array): boolean {
  const head = pcm.subarray(0, 256);
  if (String.fromCharCode(...head.subarray(0, 4)) === 'RIFF') return true;
  return (
    head.length >= TEXT_BYTES &&
    head.every((byte) => byte === 10 || byte === 13 || byte === 9 || (byte >= 32 && byte < 127))
  );
}
