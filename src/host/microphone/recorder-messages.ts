import { DictationError, type ErrorCode } from '../../core/index.ts';
import type { Device } from './tables/device.ts';
import { customRung, recorderAdvice } from './tables/ladder.ts';
import type { Rung } from './tables/rung.ts';

/** A rung that was started and gave no sample, or stopped giving them. */
export interface FailedRung {
  readonly name: string;
  readonly detail: string;
  readonly stderr: string;
  /** It ran but gave nothing in time. */
  readonly isSilent?: boolean;
  /** It gave samples and then, without ending, no more. */
  readonly isStalled?: boolean;
  /** Somebody else ended it. */
  readonly isKilled?: boolean;
  /** It came with Lull, and is not any more as it came. */
  readonly isSpoiled?: boolean;
}

export interface FailedLadder {
  readonly failed: readonly FailedRung[];
  readonly platform: string;
  readonly device: string | undefined;
  /** The person's own command line, where that was to record. */
  readonly command?: string | undefined;
}

const LONGEST_QUOTE = 120;

/** Why no rung of the ladder recorded; all that was tried is in its detail. */
export function describeFailure(ladder: FailedLadder): DictationError {
  const { failed, platform, device, command } = ladder;
  const [first] = failed;
  if (command !== undefined) return describeCustom(command, first);
  if (!first) {
    const message = `No program that can record was found; ${recorderAdvice(platform)}`;
    return new DictationError('recorder-missing', message);
  }
  if (failed.every((rung) => rung.isSpoiled)) {
    const message = `No program can record: ${quote(first)}; or ${recorderAdvice(platform)}`;
    return new DictationError('recorder-missing', message);
  }
  // The first rung with something to say knows most; those below it only say it less clearly.
  const telling = failed.find(({ stderr }) => diagnose(stderr) !== undefined) ?? first;
  const why = quote(telling);
  const fail = (code: ErrorCode, message: string) =>
    new DictationError(code, message, { detail: allTried(failed) });
  switch (diagnose(telling.stderr)) {
    case 'permission':
      return fail(
        'device-missing',
        `Lull is not allowed to use the microphone (${why}): allow it in the system settings`,
      );
    case 'busy':
      return fail(
        'recorder-failed',
        `The microphone is in use by another program (${why}): close that one and try again`,
      );
    case 'sound-server':
      return fail(
        'device-missing',
        `No sound server answers (${why}): start PulseAudio or PipeWire and try again`,
      );
    case 'device':
      return fail(
        'device-missing',
        device === undefined
          ? `No microphone was found (${why}): connect one and try again`
          : `The microphone "${device}" was not found (${why}): check its name`,
      );
    default: {
      const isSilent = failed.every((rung) => rung.isSilent);
      const what = isSilent ? 'gives no sound' : 'could not be recorded';
      return fail(
        isSilent ? 'no-samples' : 'recorder-failed',
        `The microphone ${what} (${why}): check that it is connected and not in use`,
      );
    }
  }
}

/** A person's own recorder fails by its own fault, whatever the microphone is like. */
function describeCustom(commandLine: string, failed: FailedRung | undefined): DictationError {
  const wants = 'it has to write raw 16-bit mono sound of 16 kHz to its standard output';
  return failed
    ? new DictationError(
        'recorder-failed',
        `Your own recorder did not record (${quote(failed)}): ${wants}`,
      )
    : new DictationError(
        'recorder-missing',
        `Your own recorder "${customRung(commandLine)?.command ?? ''}" was not found: correct LULL_RECORDER or the setting lull.recorder; ${wants}`,
      );
}

/** What plays is not what somebody says, so it is recorded only when it is named. */
export function onlyLoudspeakers(sources: readonly Pick<Device, 'name'>[]): DictationError {
  const names = sources.map(({ name }) => `"${name}"`).join(', ');
  const message = `No microphone was found, only what loudspeakers play: connect a microphone, or give one of these to --device: ${names}`;
  return new DictationError('device-missing', message);
}

/** The last microphone went while it was recorded, and the sound server offers a loudspeaker. */
export function lastUnplugged(): DictationError {
  const message =
    'The microphone is not connected any more, and there is no other; connect one and start again';
  return new DictationError('device-missing', message);
}

/** Why a recording that ran came to an end that was not asked of us. */
export function describeBreak(rung: FailedRung): DictationError {
  const advice = rung.isKilled
    ? 'another program or person ended it; start again to go on'
    : 'check that the microphone is connected';
  const message = `The recording broke off (${quote(rung)}): ${advice}`;
  return new DictationError('recorder-failed', message);
}

function allTried(failed: readonly FailedRung[]): string {
  return `Recorders tried: ${failed.map(quote).join('; ')}`;
}

export function quote({ name, detail, stderr }: FailedRung): string {
  const lastLine = stderr.trimEnd().split('\n').at(-1) ?? '';
  // Control characters of another program do not belong on our terminal.
  const text = lastLine.replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST_QUOTE);
  return text === '' ? `${name} ${detail}` : `${name} ${detail}: ${text}`;
}

/** Something the person should know while recording goes on. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

export const NOTICES = {
  late: () => ({
    code: 'microphone-late',
    message:
      'The microphone has given no sound yet; a Bluetooth headset can take two seconds. Speak once Lull is listening',
  }),
  fallback: (failed: FailedRung, { name }: Rung) => ({
    code: 'recorder-fallback',
    message: `${quote(failed)}; recording with ${name} instead`,
  }),
  restart: (broken: FailedRung, { name }: Rung) =>
    broken.isStalled
      ? {
          code: 'recorder-stalled',
          message: `${broken.name} ${broken.detail} for 2.5 s; recording goes on with ${name}`,
        }
      : {
          code: 'recorder-restarted',
          message: `The recording broke off (${quote(broken)}) and goes on with ${name}`,
        },
  lossy: (name: string, share: number, next?: string) => ({
    code: 'recorder-lossy',
    message: `${name} lost ${Math.round(share * 100)} % of the sound in 5 s, so words may be missing; ${
      next === undefined
        ? 'no other program can record, so close programs that keep this machine busy'
        : `recording goes on with ${next}`
    }`,
  }),
  gone: (name: string) => ({
    code: 'device-lost',
    message: `The microphone "${name}" is not connected; the default microphone records instead`,
  }),
  otherDefault: (name: string) => ({
    code: 'default-changed',
    message: `The default microphone is "${name}" now, and the recording goes on with it`,
  }),
  oddExit: ({ name, detail }: FailedRung) => ({
    code: 'recorder-exit',
    message: `The last moment of sound may be missing: ${name} ${detail} when it was to stop`,
  }),
} as const satisfies Record<string, (...details: never[]) => Notice>;

/** What a recorder that could not record was missing. */
export type Diagnosis = 'sound-server' | 'device' | 'permission' | 'busy';

/**
 * What recorders write when there is nothing to record from. Measured on Debian 12 with no sound
 * server and with an unknown device; stderr alone never makes a recording a failure.
 */
const SIGNS: readonly (readonly [RegExp, Diagnosis])[] = [
  [/permission denied|access denied|operation not permitted|not authorized/i, 'permission'],
  [/device or resource busy/i, 'busy'],
  [/no such entity|unknown pcm|no default audio device|device not found/i, 'device'],
  [/no such device|cannot find card|invalid argument.*device|could not find audio/i, 'device'],
  [/no microphone|no target|can't find node|no such source/i, 'device'],
  [/connection refused|connection terminated|host is down|no such process/i, 'sound-server'],
  [/no sound server/i, 'sound-server'],
  [/audio open error|cannot open audio device|can't open input/i, 'device'],
];

/** `stderr` is the end of what the recorder wrote. */
export function diagnose(stderr: string): Diagnosis | undefined {
  return SIGNS.find(([sign]) => sign.test(stderr))?.[1];
}

export interface SilenceCircumstances {
  readonly platform: string;
  /** The program that macOS asked about the microphone, such as Terminal; for people. */
  readonly app?: string | undefined;
  /** macOS's own name of that program, such as com.apple.Terminal. */
  readonly bundleId?: string | undefined;
}

/**
 * What to do about a microphone that gives zeros only. macOS gives them, without a word and often
 * without a question, to a program whose app was not allowed to use the microphone.
 */
export function silenceAdvice({ platform, app, bundleId }: SilenceCircumstances): string {
  switch (platform) {
    case 'darwin': {
      const name = app ?? 'the app that runs this';
      const reset = `tccutil reset Microphone${bundleId === undefined ? '' : ` ${bundleId}`}`;
      return `allow ${name} in System Settings, Privacy & Security, Microphone, then quit it fully and start it again; if it is not listed there, run: ${reset}`;
    }
    case 'win32':
      return 'check that it is not muted, and that desktop apps may use it in Settings, Privacy & security, Microphone';
    default:
      return 'check that it is not muted (pactl set-source-mute @DEFAULT_SOURCE@ 0) and that its own switch is on';
  }
}

/** The app that a process belongs to in the eyes of macOS, by what it sets in the environment. */
export function responsibleApp(
  env: Readonly<Record<string, string | undefined>>,
): Pick<SilenceCircumstances, 'app' | 'bundleId'> {
  const program = env['TERM_PROGRAM'];
  const app = program === undefined ? undefined : (APPS[program] ?? program);
  return { app, bundleId: env['__CFBundleIdentifier'] };
}

const APPS: Readonly<Record<string, string>> = {
  Apple_Terminal: 'Terminal',
  'iTerm.app': 'iTerm',
  vscode: 'Visual Studio Code',
  WarpTerminal: 'Warp',
  ghostty: 'Ghostty',
};
