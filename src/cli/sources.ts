import { fileURLToPath } from 'node:url';
import { type AudioSource, type Clock, DictationError } from '../core/index.ts';
import { openAudioFile, openAudioStream, openRecorder } from '../host/index.ts';
import type { AudioChoice } from './arguments.ts';
import type { CliProcess } from './cli-process.ts';

/** @throws DictationError `audio-missing`, `audio-unreadable`, `invalid-option` */
export async function openAudio(
  choice: AudioChoice,
  {
    clock,
    process,
    pace,
  }: {
    readonly clock: Clock;
    readonly process: Pick<CliProcess, 'stdin' | 'env'>;
    readonly pace: 'real-time' | 'as-taken';
  },
): Promise<AudioSource> {
  switch (choice.kind) {
    case 'microphone':
      return openRecorder({ clock, device: choice.device, ...recorderSettings(process.env) });
    case 'standard-input':
      if (process.stdin.isTTY) throw terminalAsAudio();
      return openAudioStream(process.stdin, { clock, sampleRateHz: choice.sampleRateHz });
    case 'file':
      return openAudioFile(choice.path, { clock, pace });
    default:
      return choice satisfies never;
  }
}

function terminalAsAudio(): DictationError {
  const message =
    '--audio - reads a recording from a pipe, and standard input is a terminal; leave it out to use the microphone, or pipe audio to lull';
  return new DictationError('invalid-option', message);
}

/** What is not on the command line: the recorders beside the bundle, and the person's own. */
export function recorderSettings(env: Readonly<Record<string, string | undefined>>) {
  return {
    bundled: fileURLToPath(new URL('./recorders', import.meta.url)),
    // Never an option of a project: whoever sets it runs a program.
    command: env['LULL_RECORDER'] || undefined,
  };
}
