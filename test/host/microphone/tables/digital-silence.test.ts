import { expect, test } from 'vitest';
import {
  responsibleApp,
  silenceAdvice,
} from '../../../../src/host/microphone/tables/digital-silence.ts';

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
