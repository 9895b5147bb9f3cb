import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openRecorder, type RecorderOptions } from '../../../src/host/microphone/recorder.ts';
import type { Rung } from '../../../src/host/microphone/tables/rung.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from './collected-audio.ts';

export const FIXTURE = fileURLToPath(
  new URL('../../fixtures/recorders/recorder.mjs', import.meta.url),
);
/** What a fixture gives before it does what it is named after. */
export const PCM = Buffer.from('sixteen\0bit mono');

/** A rung that runs the fixture of that behaviour. */
export function rung(behaviour: string, details: Partial<Rung> = {}): Rung {
  return {
    name: behaviour,
    command: process.execPath,
    args: [FIXTURE, behaviour, PCM.toString('base64')],
    env: {},
    stopBy: 'interrupt',
    lagMs: 0,
    stopCodes: [1],
    ...details,
  };
}

/**
 * Starts recording through `rungs`; it is aborted when the test is over. Time stands still unless the
 * test brings a clock: how long a program takes to start on a busy machine is not what is tested.
 */
export function startFixtures(
  rungs: readonly Rung[] | undefined,
  options: Partial<RecorderOptions> = {},
) {
  const audio = new CollectedAudio();
  const source = openRecorder({
    clock: new FakeClock(),
    ...(rungs === undefined ? {} : { rungs }),
    platform: 'linux',
    ...options,
  });
  const running = source.start(audio);
  onTestFinished(() => running.abort());
  return { audio, source, running };
}

/** Waits on the children of a test that uses a clock of its own. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await setImmediate();
}

/** Linux's letter for what a process does; Z is one that has ended and is not yet collected. */
export async function stateOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') gone ');
  return stat.split(') ').at(-1)?.split(' ')[0];
}
