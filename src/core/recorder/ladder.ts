/** One way to record: a program that writes 16 kHz mono PCM16 to its standard output. */
export interface Rung {
  readonly name: string;
  /** A program to be looked up on PATH, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** Set beside the environment the program inherits. */
  readonly env: Readonly<Record<string, string>>;
  /** How it is asked to end: SIGINT, or the letter q on its standard input. */
  readonly stopBy: 'interrupt' | 'quit-key';
  /** Exit codes that mean nothing bad once it was asked to end. */
  readonly stopCodes: readonly number[];
}

export interface LadderRequest {
  /** As `process.platform` names it. */
  readonly platform: string;
  /** In the words of the sound system; absent is its default. */
  readonly device?: string | undefined;
}

const RATE = '16000';
const RAW_OUTPUT = ['-f', 's16le', '-ar', RATE, '-ac', '1', '-flush_packets', '1', '-'];
const QUICK_START = ['-fflags', 'nobuffer', '-probesize', '32', '-analyzeduration', '0'];
const SOX_OUTPUT = ['-t', 'raw', '-r', RATE, '-e', 'signed-integer', '-b', '16', '-c', '1', '-'];

/**
 * The rungs of a platform, best first. Those of Linux are in the order of their delay to the first
 * sample as measured on PulseAudio and PipeWire; those of macOS and Windows come from the
 * programs' manuals and have not been run.
 */
export function ladderFor({ platform, device }: LadderRequest): readonly Rung[] {
  if (platform === 'darwin') return macRungs(device ?? 'default');
  if (platform === 'win32') return windowsRungs(device);
  return linuxRungs(device);
}

/** What to type to get a recorder, for people. */
export function recorderAdvice(platform: string): string {
  if (platform === 'darwin') return 'install one with: brew install sox';
  if (platform === 'win32') return 'install one with: winget install ffmpeg';
  return 'install one with: sudo apt install pulseaudio-utils';
}

function linuxRungs(device: string | undefined): readonly Rung[] {
  const name = device ?? 'default';
  return [
    rung('parec', [
      '--raw',
      `--rate=${RATE}`,
      '--format=s16le',
      '--channels=1',
      // Without it PipeWire hands out blocks of two seconds.
      '--latency-msec=20',
      ...(device === undefined ? [] : [`--device=${device}`]),
    ]),
    rung(
      'pw-record',
      [
        ...(device === undefined ? [] : ['--target', device]),
        ...['--rate', RATE, '--channels', '1', '--format', 's16', '-'],
      ],
      { stopCodes: [1] },
    ),
    rung(
      'arecord',
      [
        ...['-q', '-D', name, '-t', 'raw', '-f', 'S16_LE', '-r', RATE, '-c', '1'],
        ...['--period-size=320', '--buffer-size=3200'],
      ],
      { stopCodes: [1] },
    ),
    ffmpeg('ffmpeg-pulse', [
      ...['-f', 'pulse', '-fragment_size', '640', '-sample_rate', RATE, '-channels', '1'],
      ...['-i', name],
    ]),
    ffmpeg('ffmpeg-alsa', ['-f', 'alsa', '-i', name]),
    rung('sox', ['-q', '-t', 'pulseaudio', name, ...SOX_OUTPUT], {
      // Without it PipeWire's first sample comes after two seconds.
      env: { PULSE_LATENCY_MSEC: '30' },
    }),
  ];
}

function macRungs(name: string): readonly Rung[] {
  return [
    ffmpeg('ffmpeg-avfoundation', ['-f', 'avfoundation', '-i', `:${name}`]),
    rung('sox', ['-q', '-t', 'coreaudio', name, ...SOX_OUTPUT]),
  ];
}

function windowsRungs(device: string | undefined): readonly Rung[] {
  // DirectShow has no default device, so without a name only sox can record.
  const dshow =
    device === undefined
      ? []
      : [
          ffmpeg('ffmpeg-dshow', ['-f', 'dshow', '-i', `audio=${device}`], {
            // Windows has no SIGINT to send, and ffmpeg reads its keys.
            stopBy: 'quit-key',
            stopCodes: [],
          }),
        ];
  return [...dshow, rung('sox', ['-q', '-t', 'waveaudio', device ?? 'default', ...SOX_OUTPUT])];
}

type RungDetails = Partial<Pick<Rung, 'command' | 'env' | 'stopBy' | 'stopCodes'>>;

function rung(name: string, args: readonly string[], details: RungDetails = {}): Rung {
  return { name, command: name, args, env: {}, stopBy: 'interrupt', stopCodes: [], ...details };
}

function ffmpeg(name: string, input: readonly string[], details: RungDetails = {}): Rung {
  const keys = details.stopBy === 'quit-key' ? [] : ['-nostdin'];
  const quiet = ['-hide_banner', '-loglevel', 'error'];
  return rung(name, [...quiet, ...keys, ...QUICK_START, ...input, ...RAW_OUTPUT], {
    command: 'ffmpeg',
    stopCodes: [255],
    ...details,
  });
}
