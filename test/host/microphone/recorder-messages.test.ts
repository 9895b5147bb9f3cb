import { describe, expect, test } from 'vitest';
import {
  diagnose,
  NOTICES,
  responsibleApp,
  silenceAdvice,
} from '../../../src/host/microphone/recorder-messages.ts';

describe('what a recorder was missing', () => {
  // What the programs of Debian 12 write, without a sound server and with an unknown device.
  test.each([
    ['Connection failure: Connection refused\npa_context_connect() failed', 'sound-server'],
    ['default: No such process', 'sound-server'],
    ['error: pw_context_connect() failed: Host is down', 'sound-server'],
    [
      "sox FAIL formats: can't open input `default': can not open audio device: Connection refused",
      'sound-server',
    ],
    ['No sound server answers the PulseAudio protocol', 'sound-server'],
    ['Stream error: No such entity', 'device'],
    ['No such device: usbmic', 'device'],
    ['ALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM nope', 'device'],
    ['arecord: main:831: audio open error: No such file or directory', 'device'],
    ['[alsa @ 0x55] cannot open audio device default (No such file or directory)', 'device'],
    ['rec FAIL sox: Sorry, there is no default audio device configured', 'device'],
    ['arecord: main:831: audio open error: Permission denied', 'permission'],
    ['arecord: main:831: audio open error: Device or resource busy', 'busy'],
    ["rec WARN formats: can't encode 0-bit Unknown or not applicable", undefined],
    ['', undefined],
  ])('%j', (stderr, expected) => {
    expect(diagnose(stderr)).toBe(expected);
  });
});

describe('what to do about a microphone that gives only zeros', () => {
  test('names the app that macOS asks about, and how to be asked again', () => {
    const env = { TERM_PROGRAM: 'Apple_Terminal', __CFBundleIdentifier: 'com.apple.Terminal' };
    const advice = silenceAdvice({ platform: 'darwin', ...responsibleApp(env) });
    expect(advice).toMatch(/^allow Terminal in System Settings, Privacy & Security, Microphone/);
    expect(advice).toMatch(/run: tccutil reset Microphone com\.apple\.Terminal$/);
  });

  test('does without names that nobody told', () => {
    const advice = silenceAdvice({ platform: 'darwin', ...responsibleApp({}) });
    expect(advice).toMatch(/^allow the app that runs this in .* run: tccutil reset Microphone$/);
  });

  test.each([
    ['win32', /desktop apps may use it/],
    ['linux', /pactl set-source-mute/],
  ])('says on %s where it is switched on', (platform, says) => {
    expect(silenceAdvice({ platform })).toMatch(says);
  });
});

test('a recorder that gave no end to its sound may have kept the last of it', () => {
  const { message } = NOTICES.oddExit({ name: 'parec', detail: 'went silent', stderr: '' });
  expect(message).toBe(
    'The last moment of sound may be missing: parec went silent when it was to stop',
  );
});
