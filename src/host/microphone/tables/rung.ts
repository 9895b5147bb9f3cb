/** One way to record: a program that writes 16 kHz mono PCM16 to its standard output. */
export interface Rung {
  readonly name: string;
  /** A program to be looked for, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Set beside the environment the program inherits. */
  readonly env: Readonly<Record<string, string>>;
  /** How it is asked to end: SIGINT, or the letter q on its standard input. */
  readonly stopBy: 'interrupt' | 'quit-key';
  /** How long what is said takes to come out: so much longer it records when it is to stop. */
  readonly lagMs: number;
  /** Exit codes that mean nothing bad once it was asked to end. */
  readonly stopCodes: readonly number[];
  /** A file it is nothing without, beside its program. */
  readonly needs?: string;
}

/** The recorders that come with Lull, and what runs those of them that are scripts. */
export interface BundledRecorders {
  /** Of the scripts. Absolute, without a separator at the end; what is not in it is passed over. */
  readonly folder: string;
  /** Of the programs and addons made for this platform, likewise. */
  readonly programs: string;
  /** The command that runs a JavaScript file, which follows its arguments. */
  readonly runtime: {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
}

type RungDetails = Partial<Omit<Rung, 'name' | 'args'>>;

const RATE = '16000';
const RAW_OUTPUT = ['-f', 's16le', '-ar', RATE, '-ac', '1', '-flush_packets', '1', '-'];
const QUICK_START = ['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0'];
const SOX_OUTPUT = ['-t', 'raw', '-r', RATE, '-e', 'signed-integer', '-b', '16', '-c', '1', '-'];

/** The blocks of the sound server and of the recorder, with something to spare. */
const LAG_MS = 120;
/** sox writes 128 ms at a time, and reads as much. */
const SOX_LAG_MS = 350;

export function rung(name: string, args: readonly string[], details: RungDetails = {}): Rung {
  const plain = { env: {}, stopBy: 'interrupt', lagMs: LAG_MS, stopCodes: [] } as const;
  return { name, command: name, args, ...plain, ...details };
}

/** `input` is everything up to and including ffmpeg's -i. */
export function ffmpeg(name: string, input: readonly string[], details: RungDetails = {}): Rung {
  const keys = details.stopBy === 'quit-key' ? [] : ['-nostdin'];
  // Errors of the level below are about time stamps, which raw samples do not have.
  const quiet = ['-hide_banner', '-loglevel', 'error'];
  return rung(name, [...quiet, ...keys, ...QUICK_START, ...input, ...RAW_OUTPUT], {
    command: 'ffmpeg',
    stopCodes: [255],
    ...details,
  });
}

export function sox(driver: string, device: string, env: Rung['env'] = {}): Rung {
  // -D: its dither would make noise of zeros, which are a sign.
  return rung('sox', ['-q', '-D', '-t', driver, device, ...SOX_OUTPUT], { env, lagMs: SOX_LAG_MS });
}

/** The FFmpeg of `packaging/recorder`, which can do nothing but record. */
export function bundledFfmpeg(
  { programs }: BundledRecorders,
  { input, file = 'ffmpeg' }: { readonly input: readonly string[]; readonly file?: string },
  details: RungDetails = {},
): Rung {
  return ffmpeg('bundled ffmpeg', input, { command: `${programs}/${file}`, ...details });
}

/** The addon of Picovoice's recorder in a child of its own: its read blocks. */
export function bundledAddon(
  { folder, programs, runtime }: BundledRecorders,
  deviceName: string | undefined,
): Rung {
  const addon = `${programs}/pv_recorder.node`;
  const device = deviceName === undefined ? [] : [deviceName];
  const args = [...runtime.args, `${folder}/addon.mjs`, addon, ...device];
  const { command, env } = runtime;
  return rung('bundled addon', args, { command, env, needs: addon });
}

/** A client of the PulseAudio protocol, which needs no program of the system at all. */
export function pulseClient(
  { folder, runtime }: BundledRecorders,
  deviceId: string | undefined,
): Rung {
  const script = `${folder}/pulse.mjs`;
  const device = deviceId === undefined ? [] : [deviceId];
  const { command, env } = runtime;
  return rung('pulse client', [...runtime.args, script, ...device], {
    command,
    env,
    needs: script,
  });
}
