import type { Device } from './device.ts';
import {
  parseArecord,
  parseAvfoundation,
  parseDshow,
  parseFfmpegSources,
  parseOwnList,
  parsePactl,
} from './device-lists.ts';
import type { BundledRecorders } from './rung.ts';

/** A program that lists microphones. */
export interface Lister {
  /** A program to be looked for, or an absolute path. */
  readonly command: string;
  /** Run side by side. */
  readonly runs: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  readonly needs?: string;
  /** Where it writes the list. */
  readonly output: 'stdout' | 'stderr';
  /** Gets what each run wrote. @throws where it is not what it should be */
  parse(...outputs: readonly string[]): readonly Device[];
}

const LIST_DSHOW = ['-hide_banner', '-f', 'dshow', '-list_devices', 'true', '-i', 'dummy'];
const LIST_AVFOUNDATION = ['-hide_banner', '-f', 'avfoundation', '-list_devices', 'true', '-i', ''];
const LIST_PULSE = ['-hide_banner', '-sources', 'pulse'];

/**
 * In the order in which they are asked. The first that knows a microphone is believed, and a device
 * somebody names is looked for in all of them.
 */
export function listersFor(
  platform: string,
  bundled: BundledRecorders | undefined,
): readonly Lister[] {
  switch (platform) {
    case 'darwin':
      return [...fromFfmpeg('ffmpeg', LIST_AVFOUNDATION, parseAvfoundation), ...fromAddon()];
    case 'win32':
      return [...fromFfmpeg('ffmpeg.exe', LIST_DSHOW, parseDshow), ...fromAddon()];
    default:
      return [
        {
          ...plain('pactl', parsePactl),
          runs: [['-f', 'json', 'list', 'sources'], ['get-default-source']],
        },
        ...fromScript('pulse.mjs', parseOwnList('pulse')),
        { ...plain('ffmpeg', parseFfmpegSources), runs: [LIST_PULSE] },
        { ...plain('arecord', parseArecord), runs: [['-L']] },
      ];
  }

  function fromFfmpeg(file: string, args: readonly string[], parse: Lister['parse']): Lister[] {
    const ours = bundled ? [`${bundled.programs}/${file}`] : [];
    return [...ours, 'ffmpeg'].map((command) => ({
      ...plain(command, parse),
      runs: [args],
      output: 'stderr',
    }));
  }

  function fromScript(file: string, parse: Lister['parse'], addon?: string): Lister[] {
    if (!bundled) return [];
    const { folder, runtime } = bundled;
    const script = `${folder}/${file}`;
    const args = [...runtime.args, script, ...(addon === undefined ? [] : [addon]), '--list'];
    const { command, env } = runtime;
    return [{ ...plain(command, parse), runs: [args], env, needs: addon ?? script }];
  }

  function fromAddon(): Lister[] {
    const addon = bundled && `${bundled.programs}/pv_recorder.node`;
    return fromScript('addon.mjs', parseOwnList('miniaudio'), addon);
  }
}

function plain(command: string, parse: Lister['parse']): Omit<Lister, 'runs'> {
  return { command, parse, env: {}, output: 'stdout' };
}
