import type { Device } from './device.ts';

/** `pactl -f json list sources`, and what `pactl get-default-source` says. */
export function parsePactl(sources: string, defaultId = ''): readonly Device[] {
  const listed: unknown = JSON.parse(sources);
  if (!Array.isArray(listed)) return [];
  return listed.filter(isSource).map(({ name, description, properties }) => ({
    system: 'pulse',
    id: name,
    name: description ?? name,
    isDefault: name === defaultId.trim(),
    ...monitorIf(properties?.['device.class'] === 'monitor' || name.endsWith('.monitor')),
  }));
}

function monitorIf(isMonitor: boolean): Pick<Device, 'isMonitor'> {
  return isMonitor ? { isMonitor } : {};
}

interface Source {
  readonly name: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

function isSource(value: unknown): value is Source {
  return (
    typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
  );
}

/** `ffmpeg -sources pulse`: a star, the id, the name in brackets, the kinds of media. */
export function parseFfmpegSources(text: string): readonly Device[] {
  return linesOf(text).flatMap((line) => {
    const [, star, id, name] = /^([* ]) (\S+) \[(.*)\](?: \([a-z, ]*\))?$/.exec(line) ?? [];
    if (id === undefined || name === undefined) return [];
    const monitor = monitorIf(id.endsWith('.monitor'));
    return [
      { system: 'pulse' as const, id, name: name || id, isDefault: star === '*', ...monitor },
    ];
  });
}

/**
 * `arecord -L`: an id, and below it indented what it is. Of the many ways to one card the one that
 * converts rates is taken; the rest convert only, play, or hand over to a sound server.
 */
export function parseArecord(text: string): readonly Device[] {
  const lines = linesOf(text);
  return lines.flatMap((id, index) => {
    if (!id.startsWith('plughw:')) return [];
    const name = lines[index + 1]?.trim() ?? id;
    return [{ system: 'alsa' as const, id, name, isDefault: false }];
  });
}

/** DirectShow's category of audio inputs, which the alternative names of its members begin with. */
const AUDIO_INPUTS = '@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}';

/**
 * `ffmpeg -f dshow -list_devices true -i dummy`: before FFmpeg 5 two headed lists, since then the
 * kind after each name, which is `none` for a device that could not be asked. The alternative name
 * is the id: it has no colon that would cut the input.
 */
export function parseDshow(text: string): readonly Device[] {
  const devices: Device[] = [];
  let isAudioList = false;
  let last: { readonly name: string; readonly isAudio: boolean } | undefined;
  const add = (id: string) => {
    const isAudio = last?.isAudio || id.startsWith(AUDIO_INPUTS);
    // DirectShow has no default; the first is what other programs take.
    const isDefault = devices.length === 0;
    if (last && isAudio) devices.push({ system: 'dshow', id, name: last.name, isDefault });
    last = undefined;
  };
  for (const line of linesOf(text)) {
    const rest = line.replace(/^\[[^\]]*\]\s*/, '');
    if (/DirectShow (audio|video) devices/.test(rest)) isAudioList = /DirectShow audio/.test(rest);
    const [, alternative] = /^Alternative name "(.+)"$/.exec(rest) ?? [];
    const [, name, kinds] = /^"(.+)"(?: \(([a-z, ]+)\))?$/.exec(rest) ?? [];
    if (alternative !== undefined) add(alternative);
    if (name === undefined) continue;
    if (last) add(last.name);
    last = { name, isAudio: kinds === undefined ? isAudioList : /\baudio\b/.test(kinds) };
  }
  if (last) add(last.name);
  return devices;
}

/** `ffmpeg -f avfoundation -list_devices true -i ""`. The number changes from day to day. */
export function parseAvfoundation(text: string): readonly Device[] {
  const [, audio = ''] = text.split(/AVFoundation audio devices:/);
  return linesOf(audio).flatMap((line) => {
    const [, handle, name] = /^(?:\[[^\]]*\] )?\[(\d+)\] (.+)$/.exec(line) ?? [];
    if (handle === undefined || name === undefined) return [];
    return [{ system: 'avfoundation' as const, id: name, name, handle, isDefault: false }];
  });
}

/** What our own scripts print for `--list`: one object of JSON a line. */
export function parseOwnList(system: 'pulse' | 'miniaudio') {
  return (text: string): readonly Device[] =>
    linesOf(text).flatMap((line) => {
      if (!line.startsWith('{')) return [];
      const { id, name, isDefault, isMonitor } = JSON.parse(line) as Omit<Device, 'system'>;
      return [{ system, id, name, isDefault, ...monitorIf(isMonitor === true) }];
    });
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
