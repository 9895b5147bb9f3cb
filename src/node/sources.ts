import { fileURLToPath } from 'node:url';
import type { AudioSource } from '../core/index.ts';
import { createMonotonicClock, openAudioFile, openRecorder } from '../host/index.ts';

export interface MicrophoneOptions {
  /** Part of a name that `listDevices` gives; left out, it is the system's default. */
  readonly device?: string | undefined;
  /**
   * A command line of your own that writes signed 16-bit PCM to its standard output, 16 kHz, mono,
   * in place of the programs that Lull knows.
   */
  readonly recorder?: string | undefined;
}

/** The microphone of this machine, for `dictate`'s `audio`. It records from when a dictation starts. */
export function microphone({ device, recorder }: MicrophoneOptions = {}): AudioSource {
  // Where the package has its recorders, seen from the bundle this becomes.
  const bundled = fileURLToPath(new URL('../recorders', import.meta.url));
  return openRecorder({ clock: createMonotonicClock(), device, command: recorder, bundled });
}

export interface WavFileOptions {
  /** `as-taken` is as fast as it is listened to: for the local engine. A service gets real time. */
  readonly pace?: 'real-time' | 'as-taken' | undefined;
}

/**
 * A recording for `dictate`'s `audio`, checked now and read piece by piece: a WAV file of any rate
 * and number of channels, or whatever ffmpeg reads, where it is installed.
 * @throws DictationError `audio-missing`, `audio-unreadable`
 */
export function wavFile(
  path: string,
  { pace = 'real-time' }: WavFileOptions = {},
): Promise<AudioSource> {
  return openAudioFile(path, { clock: createMonotonicClock(), pace });
}
