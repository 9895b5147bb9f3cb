import { describe, expect, test } from 'vitest';
import {
  formatMicrophone,
  formatRung,
  formatTyping,
  levelBar,
} from '../../../src/cli/output/doctor-text.ts';
import { DictationError } from '../../../src/core/errors.ts';

test.each([
  [-100, '[--------------------]'],
  [-70, '[--------------------]'],
  [-40, '[##########----------]'],
  [-10, '[####################]'],
  [0, '[####################]'],
])('a level of %d dB is %s', (levelDb, bar) => {
  expect(levelBar(levelDb)).toBe(bar);
});

describe('a line for each rung', () => {
  test('that works, with what it measured', () => {
    expect(formatRung({ name: 'parec', state: 'works', firstSampleMs: 25, levelDb: -37.6 })).toBe(
      'parec           works           first sample after 25 ms, -38 dB',
    );
  });

  test('that is not there', () => {
    expect(formatRung({ name: 'pw-record', state: 'missing' })).toBe('pw-record       not there');
  });

  test('that fails, without what would change the terminal', () => {
    const detail = 'sox said \u001b[31mno';
    const line = formatRung({ name: 'sox', state: 'failed', detail });
    expect(line).toContain('fails');
    expect(line).not.toContain('\u001b');
  });
});

test('the microphone has a bar, or the reason why it has none', () => {
  const warnings: readonly string[] = [];
  expect(formatMicrophone({ device: 'Headset', warnings, firstSampleMs: 60, levelDb: -40 })).toBe(
    'microphone      ok              [##########----------] -40 dB after 60 ms, Headset',
  );
  const error = new DictationError('device-missing', 'No microphone was found');
  expect(formatMicrophone({ device: 'Headset', warnings, error })).toBe(
    'microphone      failed          No microphone was found',
  );
});

test('names every program that can type into a window', () => {
  const found = [
    { name: 'wtype', path: '/usr/bin/wtype' },
    { name: 'xdotool', path: '/usr/bin/xdotool' },
  ];
  expect(formatTyping(found)).toBe(
    'typing          ok              /usr/bin/wtype, /usr/bin/xdotool',
  );
  expect(formatTyping([])).toContain('the clipboard');
});
