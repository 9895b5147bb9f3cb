import { describe, expect, test } from 'vitest';
import {
  type Device,
  type DeviceChoice,
  findDefault,
  findDevice,
} from '../../../../src/host/microphone/tables/device.ts';

const DEVICES = ['Headset', 'USB Headset', 'USB Camera', 'Built-in Audio Analog Stereo'].map(
  (name, index): Device => ({ system: 'pulse', id: `source.${index}`, name, isDefault: false }),
);

function find(choice: DeviceChoice) {
  const found = findDevice(DEVICES, choice);
  return found.kind === 'found' ? found.device.name : found;
}

test.each([
  ['camera', 'USB Camera'],
  ['built-in', 'Built-in Audio Analog Stereo'],
  ['source.1', 'USB Headset'],
  [' usb headset ', 'USB Headset'],
])('takes %j for %s', (text, name) => {
  expect(find(text)).toBe(name);
});

test('takes the whole name for one device, though it is part of another', () => {
  expect(find('headset')).toBe('Headset');
});

test('does not choose between two', () => {
  expect(find('usb')).toEqual({ kind: 'ambiguous', names: ['USB Headset', 'USB Camera'] });
});

test('says that a device is gone', () => {
  expect(find('webcam')).toEqual({ kind: 'gone' });
});

test('knows a remembered device by its id, whatever it is called now', () => {
  expect(find({ id: 'source.2', name: 'Old name' })).toBe('USB Camera');
  expect(find({ id: 'source.9', name: 'USB Camera' })).toEqual({ kind: 'gone' });
});

describe('a loudspeaker', () => {
  const microphone: Device = { system: 'pulse', id: 'usb', name: 'Headset', isDefault: false };
  const speaker: Device = {
    ...{ system: 'pulse', id: 'desk.monitor', name: 'Monitor of Desk', isDefault: true },
    isMonitor: true,
  };

  test('is no microphone: another is recorded, or none', () => {
    expect(findDefault([speaker, microphone])).toEqual({ kind: 'instead', device: microphone });
    expect(findDefault([speaker])).toEqual({ kind: 'only-loudspeakers' });
    expect(findDefault([{ ...speaker, isDefault: false }, microphone])).toEqual({ kind: 'system' });
    expect(findDefault([])).toEqual({ kind: 'system' });
  });

  test('is recorded when its whole name or its id is given, and for no part of it', () => {
    for (const choice of ['desk.monitor', 'monitor of desk']) {
      expect(findDevice([speaker, microphone], choice)).toEqual({ kind: 'found', device: speaker });
    }
    for (const choice of ['desk', 'monitor']) {
      expect(findDevice([speaker, microphone], choice)).toEqual({ kind: 'gone' });
    }
  });
});
