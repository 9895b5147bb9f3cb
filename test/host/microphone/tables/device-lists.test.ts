import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Device } from '../../../../src/host/microphone/tables/device.ts';
import {
  parseArecord,
  parseAvfoundation,
  parseDshow,
  parseFfmpegSources,
  parseOwnList,
  parsePactl,
} from '../../../../src/host/microphone/tables/device-lists.ts';

function listing(name: string): string {
  return readFileSync(new URL(`../../../fixtures/device-lists/${name}`, import.meta.url), 'utf8');
}

describe('PulseAudio and PipeWire', () => {
  const expected = [
    { system: 'pulse', id: 'vmic', name: 'VirtualMicrophone', isDefault: false },
    { system: 'pulse', id: 'usbmic', name: 'UsbMic', isDefault: true },
  ];

  const apart = (devices: readonly Device[]) => ({
    microphones: devices.filter(({ isMonitor }) => !isMonitor),
    loudspeakers: devices.filter(({ isMonitor }) => isMonitor).map(({ name }) => name),
  });

  test('pactl lists microphones, and what loudspeakers play apart from them', () => {
    expect(apart(parsePactl(listing('pactl.json'), 'usbmic\n'))).toEqual({
      microphones: expected,
      loudspeakers: ['Monitor of VirtualSpeaker', 'Monitor of Other'],
    });
  });

  test('so does ffmpeg', () => {
    expect(apart(parseFfmpegSources(listing('ffmpeg-pulse.txt')))).toEqual({
      microphones: expected,
      loudspeakers: ['Monitor of VirtualSpeaker', 'Monitor of Other'],
    });
  });

  test('so do our own scripts', () => {
    const lines = expected.map(({ system: _, ...device }) => `${JSON.stringify(device)}\n`);
    expect(parseOwnList('pulse')(`a word of the runtime\n${lines.join('')}`)).toEqual(expected);
  });
});

describe('ALSA', () => {
  test('arecord lists what has a card, and not what only converts or hands over', () => {
    expect(parseArecord(listing('arecord.txt'))).toEqual([
      {
        system: 'alsa',
        id: 'plughw:CARD=Device,DEV=0',
        name: 'USB Audio Device, USB Audio',
        isDefault: false,
      },
    ]);
  });
});

describe('DirectShow', () => {
  test.each(['dshow-4.txt', 'dshow-7.txt'])('%s: names, and an id without a colon', (name) => {
    const id = '@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\\wave_{A1B2C3D4-0001-0002-0003';
    expect(parseDshow(listing(name).replaceAll('\n', '\r\n'))).toEqual([
      {
        system: 'dshow',
        id: `${id}-000000000001}`,
        name: 'Microphone (2- USB: Audio Device)',
        isDefault: true,
      },
      {
        system: 'dshow',
        id: `${id}-000000000002}`,
        name: 'Mikrofon (Realtek(R) Audio)',
        isDefault: false,
      },
    ]);
  });
});

test('DirectShow devices whose kind ffmpeg could not ask are known by their category', () => {
  const names = parseDshow(listing('dshow-wine.txt')).map(({ name }) => name);
  expect(names).toEqual([
    'Monitor of Other',
    'Monitor of VirtualSpeaker',
    'Null Input',
    'PulseAudio',
    'UsbMic',
    'VirtualMicrophone',
  ]);
});

describe('AVFoundation', () => {
  test('remembers names and uses the numbers of today', () => {
    expect(parseAvfoundation(listing('avfoundation.txt'))).toEqual([
      {
        system: 'avfoundation',
        id: "Anna's AirPods",
        name: "Anna's AirPods",
        handle: '0',
        isDefault: false,
      },
      {
        system: 'avfoundation',
        id: 'MacBook Pro Microphone',
        name: 'MacBook Pro Microphone',
        handle: '1',
        isDefault: false,
      },
    ]);
  });
});

test.each([parseFfmpegSources, parseArecord, parseDshow, parseAvfoundation])(
  'nothing comes of an empty list, nor of an error message (%o)',
  (parse) => {
    expect(parse('')).toEqual([]);
    expect(parse('\n\nConnection failure: Connection refused\n')).toEqual([]);
  },
);

test('no text makes a list of devices fail that programs write for people', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('[dshow @ 0] "', 'Alternative name "', '[0] ', '* x [', 'plughw:', ' (audio)'),
  );
  fc.assert(
    fc.property(fc.array(line), (parts) => {
      const text = parts.join('\n');
      for (const parse of [parseFfmpegSources, parseArecord, parseDshow, parseAvfoundation]) {
        for (const { id, name } of parse(text)) expect(id !== '' && name !== '').toBe(true);
      }
    }),
  );
});
