import { expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import type { Check } from '../../../src/host/doctor/report.ts';
import { firstFailure } from '../../../src/host/doctor/run-doctor.ts';

const FAILURES = {
  endpoint: new DictationError('unreachable', 'The host cannot be reached'),
  key: new DictationError('no-key', 'There is no key'),
  engine: new DictationError('engine-unavailable', 'There is no model'),
};
const MICROPHONE = new DictationError('device-missing', 'There is no microphone');

function checksOf(...names: readonly (keyof typeof FAILURES)[]): readonly Check[] {
  return names.map((name) => ({ name, state: 'failed', message: '', error: FAILURES[name] }));
}

test.each([
  [
    'a key that is missing, before the microphone',
    checksOf('endpoint', 'key'),
    MICROPHONE,
    'no-key',
  ],
  ['an engine that cannot start, too', checksOf('engine'), MICROPHONE, 'engine-unavailable'],
  ['the microphone, before the network', checksOf('endpoint'), MICROPHONE, 'device-missing'],
  ['the network, where the rest works', checksOf('endpoint'), undefined, 'unreachable'],
  ['nothing, where all works', [], undefined, undefined],
] as const)('a dictation would end with %s', (_, checks, microphone, code) => {
  expect(firstFailure(checks, microphone)?.code).toBe(code);
});
