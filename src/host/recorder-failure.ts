import { DictationError, diagnose, recorderAdvice } from '../core/index.ts';

/** A rung that was started and gave no sample, or stopped giving them. */
export interface FailedRung {
  readonly name: string;
  readonly detail: string;
  readonly stderr: string;
  /** It ran but gave nothing in time. */
  readonly isSilent?: boolean;
}

export interface FailedLadder {
  readonly failed: readonly FailedRung[];
  readonly platform: string;
  readonly device: string | undefined;
}

const LONGEST_QUOTE = 120;

/** Why no rung of the ladder recorded, with what was tried. */
export function describeFailure({ failed, platform, device }: FailedLadder): DictationError {
  if (failed.length === 0) {
    const message = `No program that can record was found; ${recorderAdvice(platform)}`;
    return new DictationError('recorder-missing', message);
  }
  const tried = failed.map(quote).join('; ');
  const found = new Set(failed.map(({ stderr }) => diagnose(stderr)));
  if (found.has('permission')) {
    const message = `The microphone may not be used (${tried}): allow it in the system's settings`;
    return new DictationError('device-missing', message);
  }
  if (device !== undefined && found.has('device')) {
    const message = `The microphone "${device}" was not found (${tried}): check its name`;
    return new DictationError('device-missing', message);
  }
  if (found.has('sound-server')) {
    const message = `No sound server answers (${tried}): start PulseAudio or PipeWire and try again`;
    return new DictationError('device-missing', message);
  }
  if (found.has('device')) {
    const message = `No microphone was found (${tried}): connect one and try again`;
    return new DictationError('device-missing', message);
  }
  if (failed.every(({ isSilent }) => isSilent)) {
    const message = `The microphone gives no sound (${tried}): check that it is connected and not in use`;
    return new DictationError('no-samples', message);
  }
  const message = `The microphone could not be recorded (${tried}): check that it is connected`;
  return new DictationError('recorder-failed', message);
}

/** Why a recording that ran came to an end nobody asked for. */
export function describeBreak(rung: FailedRung): DictationError {
  const message = `The recording broke off (${quote(rung)}): check that the microphone is connected`;
  return new DictationError('recorder-failed', message);
}

function quote({ name, detail, stderr }: FailedRung): string {
  const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
  // Control characters of another program do not belong on our terminal.
  const text = lastLine
    .replaceAll(/[^\P{C}]/gu, '')
    .trim()
    .slice(0, LONGEST_QUOTE);
  return text === '' ? `${name} ${detail}` : `${name} ${detail}: ${text}`;
}
