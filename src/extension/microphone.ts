import { env } from 'vscode';
import type { AudioSource, Clock } from '../core/index.ts';
import { openRecorder } from '../host/index.ts';
import type { Settings } from './settings.ts';

/** The microphone of the settings. Whoever may use it is, to the system, the editor. */
export function openMicrophone(
  { device, recorder }: Pick<Settings, 'device' | 'recorder'>,
  clock: Clock,
): AudioSource {
  return openRecorder({ clock, device, command: recorder, app: env.appName });
}
