import { join } from 'node:path';
import { env } from 'vscode';
import type { AudioSource, Clock } from '../../core/index.ts';
import { openRecorder, type RecorderOptions } from '../../host/index.ts';
import type { Settings } from './settings.ts';

type Choice = Pick<Settings, 'device' | 'recorder'>;

/** How the settings want to record. Whoever may use the microphone is, to the system, the editor. */
export function recorderOptions({ device, recorder }: Choice, clock: Clock): RecorderOptions {
  // The bundle's own folder; the recorders of a platform are beside it.
  const bundled = join(__dirname, 'recorders');
  return { clock, device, command: recorder, bundled, app: env.appName };
}

export function openMicrophone(choice: Choice, clock: Clock): AudioSource {
  return openRecorder(recorderOptions(choice, clock));
}
