import { expect, test } from 'vitest';
import { requireRuntime } from '../../src/cli/cli-process.ts';

test('a Node that is too old is named, with what to do', () => {
  expect(() => requireRuntime({ node: '18.20.8' })).toThrow(
    /^Lull needs Node 20 or newer and this is 18\.20\.8; install a newer one from https:\/\/nodejs\.org/,
  );
  for (const node of ['20.0.0', '24.3.0', process.versions.node]) {
    expect(() => requireRuntime({ node })).not.toThrow();
  }
});
