import type { Device, DeviceSystem } from './device.ts';
import { linuxRungs } from './linux-rungs.ts';
import {
  type BundledRecorders,
  bundledAddon,
  bundledFfmpeg,
  ffmpeg,
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
  return 'install one with: sudo apt install pulseaudio-utils';
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
