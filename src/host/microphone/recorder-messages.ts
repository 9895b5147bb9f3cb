import { DictationError } from '../../core/index.ts';
import { diagnose } from './tables/diagnosis.ts';
import { recorderAdvice } from './tables/ladder.ts';

/** A rung that was started and gave no sample, or stopped giving them. */
export interface FailedRung {
  readonly name: string;
  readonly detail: string;
  readonly stderr: string;
  /** It ran but gave nothing in time. */
  readonly isSilent?: boolean;
  /** Somebody else ended it. */
  readonly isKilled?: boolean;
}

export interface FailedLadder {
  readonly failed: readonly FailedRung[];
  readonly platform: string;
  readonly device: string | undefined;
  /** The person's own command line, where that was to record. */
  readonly command?: string | undefined;
}

const LONGEST_QUOTE = 120;

/** Why no rung of the ladder recorded, with what was tried. */
export function describeFailure(ladder: FailedLadder): DictationError {
  const { failed, platform, device, command } = ladder;
  const [first] = failed;
  if (command !== undefined) return describeCustom(first);
  if (!first) {
    const message = `No program that can record was found; ${recorderAdvice(platform)}`;
    return new DictationError('recorder-missing', message);
  }
  // The first rung with something to say knows most; those below it only say it less clearly.
  const telling = failed.find(({ stderr }) => diagnose(stderr) !== undefined) ?? first;
  const tried = quoteAll(telling, failed);
  switch (diagnose(telling.stderr)) {
    case 'permission': {
      const message = `The microphone may not be used (${tried}): allow it in the system's settings`;
      return new DictationError('device-missing', message);
    }
    case 'busy': {
      const message = `The microphone is in use by another program (${tried}): close that one and try again`;
      return new DictationError('recorder-failed', message);
    }
    case 'sound-server': {
      const message = `No sound server answers (${tried}): start PulseAudio or PipeWire and try again`;
      return new DictationError('device-missing', message);
    }
    case 'device': {
      const message =
        device === undefined
          ? `No microphone was found (${tried}): connect one and try again`
          : `The microphone "${device}" was not found (${tried}): check its name`;
      return new DictationError('device-missing', message);
    }
    default: {
      const isSilent = failed.every((rung) => rung.isSilent);
      const what = isSilent ? 'gives no sound' : 'could not be recorded';
      const message = `The microphone ${what} (${tried}): check that it is connected and not in use`;
      return new DictationError(isSilent ? 'no-samples' : 'recorder-failed', message);
    }
  }
}

/** A person's own recorder fails by its own fault, whatever the microphone is like. */
function describeCustom(failed: FailedRung | undefined): DictationError {
  const wants = 'it has to write raw 16-bit mono sound of 16 kHz to its standard output';
  return failed
    ? new DictationError(
        'recorder-failed',
        `The recorder of your own does not record (${quote(failed)}): ${wants}`,
      )
    : new DictationError(
        'recorder-missing',
        `The recorder of your own was not found: name a program that is there; ${wants}`,
      );
}

/** Why a recording that ran came to an end that was not asked of us. */
export function describeBreak(rung: FailedRung): DictationError {
  const advice = rung.isKilled
    ? 'another program or person ended it; start again to go on'
    : 'check that the microphone is connected';
  const message = `The recording broke off (${quote(rung)}): ${advice}`;
  return new DictationError('recorder-failed', message);
}

function quoteAll(telling: FailedRung, failed: readonly FailedRung[]): string {
  const others = failed.filter((rung) => rung !== telling).map(({ name }) => name);
  return others.length === 0
    ? quote(telling)
    : `${quote(telling)}; tried without success: ${others.join(', ')}`;
}

export function quote({ name, detail, stderr }: FailedRung): string {
  const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
  // Control characters of another program do not belong on our terminal.
  const text = lastLine.replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST_QUOTE);
  return text === '' ? `${name} ${detail}` : `${name} ${detail}: ${text}`;
}
