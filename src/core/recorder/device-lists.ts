import type { Device } from './device.ts';

/** `pactl -f json list sources`, and what `pactl get-default-source` says. */
export function parsePactl(sources: string, defaultId = ''): readonly Device[] {
  const listed: unknown = JSON.parse(sources);
  if (!Array.isArray(listed)) return [];
  return listed.filter(isSource).flatMap(({ name, description, properties }) =>
    // What a loudspeaker plays is a source too.
    properties?.['device.class'] === 'monitor' || name.endsWith('.monitor')
      ? []
      : [
          {
            system: 'pulse' as const,
            id: name,
            name: description ?? name,
            isDefault: name === defaultId.trim(),
          },
        ],
  );
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
    if (id === undefined || name === undefined || id.endsWith('.monitor')) return [];
    return [{ system: 'pulse' as const, id, name, isDefault: star === '*' }];
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

/**
 * `ffmpeg -f dshow -list_devices true -i dummy`: before FFmpeg 5 two headed lists, since then the
 * kind after each name. The alternative name is the id: it has no colon that would cut the input.
 */
export function parseDshow(text: string): readonly Device[] {
  const devices: Device[] = [];
  let isAudioList = false;
  let isAudio = false;
  for (const line of linesOf(text)) {
    const rest = line.replace(/^\[[^\]]*\]\s*/, '');
    if (/DirectShow (audio|video) devices/.test(rest)) isAudioList = /DirectShow audio/.test(rest);
    const [, alternative] = /^Alternative name "(.*)"$/.exec(rest) ?? [];
    const last = devices.at(-1);
    if (alternative !== undefined) {
      if (isAudio && last) devices[devices.length - 1] = { ...last, id: alternative };
      continue;
    }
    const [, name, kinds] = /^"(.*)"(?: \(([a-z, ]+)\))?$/.exec(rest) ?? [];
    if (name === undefined) continue;
    isAudio = kinds === undefined ? isAudioList : kinds.split(', ').includes('audio');
    // DirectShow has no default; the first is what other programs take.
    if (isAudio) devices.push({ system: 'dshow', id: name, name, isDefault: devices.length === 0 });
  }
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
      const { id, name, isDefault } = JSON.parse(line) as Omit<Device, 'system'>;
      return [{ system, id, name, isDefault }];
    });
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
