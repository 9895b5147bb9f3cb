import { DictationError } from '../../core/index.ts';

const CONVERT = 'convert it, for example with: ffmpeg -i INPUT -ar 16000 -ac 1 OUTPUT.wav';

/** `fault` continues the file's name: "is an MP3 file". */
export function unreadableAudio(name: string, fault: string, advice = CONVERT): DictationError {
  return new DictationError('audio-unreadable', `${name} ${fault}; ${advice}`);
}
