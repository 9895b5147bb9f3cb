import type { Device, DeviceSystem } from './device.ts';
import {
  type BundledRecorders,
  bundledAddon,
  bundledFfmpeg,
  ffmpeg,
  pulseClient,
  type Rung,
  rung,
  sox,
} from './rung.ts';

export interface LadderRequest {
  /** As `process.platform` names it. */
  readonly platform: string;
  /** Absent is the system's default. */
  readonly device?: Pick<Device, 'id' | 'name' | 'handle'> & {
    /** Absent where no list has it: every program is given the id and may know what to do. */
    readonly system?: DeviceSystem;
  };
  readonly bundled?: BundledRecorders;
}

/**
 * The rungs of a platform, best first; docs/decisions/recorders.md has the figures. Those of macOS
 * and the system's programs on Windows come from their manuals and have not been run.
 */
export function ladderFor(request: LadderRequest): readonly Rung[] {
  switch (request.platform) {
    case 'darwin':
      return macRungs(request);
    case 'win32':
      return windowsRungs(request);
    default:
      return linuxRungs(request);
  }
}

/** What to type to get a recorder, for people. */
export function recorderAdvice(platform: string): string {
  if (platform === 'darwin') return 'install one with: brew install sox';
  if (platform === 'win32') return 'install one with: winget install ffmpeg';
  if (platform === 'linux') return 'install one with: sudo apt install pulseaudio-utils';
  // Where Lull has no recorder of its own and knows no shop.
  return 'install one of: parec, ffmpeg, sox';
}

/** What somebody wrote to record with, as words of a shell without its other powers. */
export function customRung(commandLine: string): Rung | undefined {
  const words = commandLine.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const [command, ...args] = words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  if (command === undefined) return undefined;
  // Any exit is a normal one after a stop: nobody knows how this program takes a SIGINT.
  const stopCodes = Array.from({ length: 256 }, (_, code) => code);
  return rung('custom recorder', args, { command, stopCodes });
}

/** In the order of their delay to the first sample, but for those that lose sound. */
function linuxRungs({ device, bundled }: LadderRequest): readonly Rung[] {
  const id = device?.handle ?? device?.id;
  if (device?.system === 'alsa' && id !== undefined) return alsaRungs(id, bundled);
  const name = id ?? 'default';
  const input = [
    ...['-f', 'pulse', '-fragment_size', '640', '-sample_rate', '16000', '-channels', '1'],
    ...['-i', name],
  ];
  // ALSA's PCM of the name `pulse` records from the source of this variable.
  const isSource = device?.system === 'pulse' && id !== undefined;
  const [pcm, env] = isSource ? ['pulse', { PULSE_SOURCE: id }] : [name, {}];
  return [
    ...(bundled ? [bundledFfmpeg(bundled, { input }), pulseClient(bundled, id)] : []),
    rung('parec', [
      ...['--raw', '--rate=16000', '--format=s16le', '--channels=1'],
      // Without it PipeWire hands out blocks of two seconds.
      '--latency-msec=20',
      ...(id === undefined ? [] : [`--device=${id}`]),
    ]),
    arecord(pcm, env),
    ffmpeg('ffmpeg pulse', input),
    ffmpeg('ffmpeg alsa', ['-f', 'alsa', '-i', pcm], { env }),
    // Without the variable PipeWire's first sample comes after two seconds.
    sox('pulseaudio', name, { PULSE_LATENCY_MSEC: '30' }),
    // On a busy machine these two lose sound, so they go last.
    ...(bundled ? [bundledAddon(bundled, device?.name)] : []),
    rung(
      'pw-record',
      [
        ...(id === undefined ? [] : ['--target', id]),
        ...['--rate', '16000', '--channels', '1', '--format', 's16', '-'],
      ],
      { stopCodes: [1] },
    ),
  ];
}

/** For a device that only ALSA knows. */
function alsaRungs(pcm: string, bundled: BundledRecorders | undefined): readonly Rung[] {
  const input = ['-f', 'alsa', '-i', pcm];
  return [
    ...(bundled ? [bundledFfmpeg(bundled, { input })] : []),
    arecord(pcm, {}),
    ffmpeg('ffmpeg alsa', input),
    sox('alsa', pcm),
  ];
}

function arecord(pcm: string, env: Rung['env']): Rung {
  const format = ['-t', 'raw', '-f', 'S16_LE', '-r', '16000', '-c', '1'];
  // 20 ms at a time; arecord would choose 130.
  const blocks = ['--period-size=320', '--buffer-size=3200'];
  return rung('arecord', ['-q', '-D', pcm, ...format, ...blocks], { env, stopCodes: [1] });
}

function macRungs({ device, bundled }: LadderRequest): readonly Rung[] {
  const input = ['-f', 'avfoundation', '-i', `:${device?.handle ?? device?.id ?? 'default'}`];
  return [
    ...(bundled ? [bundledAddon(bundled, device?.name), bundledFfmpeg(bundled, { input })] : []),
    ffmpeg('ffmpeg avfoundation', input),
    sox('coreaudio', device?.name ?? 'default'),
  ];
}

function windowsRungs({ device, bundled }: LadderRequest): readonly Rung[] {
  // DirectShow has no default device, so without a name the others have to do.
  const isDshow = device !== undefined && device.system !== 'miniaudio';
  const input = isDshow ? ['-f', 'dshow', '-i', `audio=${device.id}`] : [];
  // Windows has no SIGINT to send, and ffmpeg reads its keys.
  const details = { stopBy: 'quit-key', stopCodes: [] } as const;
  const file = 'ffmpeg.exe';
  return [
    ...(bundled ? [bundledAddon(bundled, device?.name)] : []),
    ...(bundled && isDshow ? [bundledFfmpeg(bundled, { input, file }, details)] : []),
    ...(isDshow ? [ffmpeg('ffmpeg dshow', input, details)] : []),
    sox('waveaudio', device?.name ?? 'default'),
  ];
}
