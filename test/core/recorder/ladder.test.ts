import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/core/recorder/diagnosis.ts';
import { ladderFor, recorderAdvice } from '../../../src/core/recorder/ladder.ts';

const PLATFORMS = ['linux', 'darwin', 'win32'];
const DEVICE = 'Mic "A" $(x)';

describe('ladderFor', () => {
  test.each([
    ['linux', ['parec', 'pw-record', 'arecord', 'ffmpeg-pulse', 'ffmpeg-alsa', 'sox']],
    ['darwin', ['ffmpeg-avfoundation', 'sox']],
    ['win32', ['sox']],
  ])('gives %s its rungs, best first', (platform, names) => {
    expect(ladderFor({ platform }).map(({ name }) => name)).toEqual(names);
  });

  test('asks DirectShow, which has no default, only for a named device', () => {
    const [first] = ladderFor({ platform: 'win32', device: DEVICE });
    expect(first).toMatchObject({ name: 'ffmpeg-dshow', stopBy: 'quit-key' });
    expect(first?.args).toContain(`audio=${DEVICE}`);
  });

  test.each(PLATFORMS)('names the device as one argument in every rung of %s', (platform) => {
    for (const { args } of ladderFor({ platform, device: DEVICE })) {
      expect(args.filter((arg) => arg.includes(DEVICE))).toHaveLength(1);
    }
  });

  test.each(PLATFORMS)('asks every rung of %s for 16 kHz', (platform) => {
    for (const { args } of ladderFor({ platform })) expect(args.join(' ')).toContain('16000');
  });

  test.each(PLATFORMS)('says on %s what to install', (platform) => {
    expect(recorderAdvice(platform)).toMatch(/^install one with: \w/);
  });
});

describe('diagnose', () => {
  // What the programs of Debian 12 write, without a sound server and with an unknown device.
  test.each([
    ['Connection failure: Connection refused\npa_context_connect() failed', 'sound-server'],
    ['default: No such process', 'sound-server'],
    ['error: pw_context_connect() failed: Host is down', 'sound-server'],
    [
      "sox FAIL formats: can't open input `default': can not open audio device: Connection refused",
      'sound-server',
    ],
    ['Stream error: No such entity', 'device'],
    ['ALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM nope', 'device'],
    ['arecord: main:831: audio open error: No such file or directory', 'device'],
    ['[alsa @ 0x55] cannot open audio device default (No such file or directory)', 'device'],
    ['rec FAIL sox: Sorry, there is no default audio device configured', 'device'],
    ['arecord: main:831: audio open error: Permission denied', 'permission'],
    ["rec WARN formats: can't encode 0-bit Unknown or not applicable", undefined],
    ['', undefined],
  ])('%j', (stderr, expected) => {
    expect(diagnose(stderr)).toBe(expected);
  });
});
