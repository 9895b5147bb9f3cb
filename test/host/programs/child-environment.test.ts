import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/host/programs/child-environment.ts';
import { spawnGuarded } from '../../../src/host/programs/guarded-child.ts';

const KEYS = {
  ASSEMBLYAI_API_KEY: 'secret-1',
  LULL_KEY: 'secret-2',
  assemblyai_api_key: 'secret-3',
};

test('what Lull starts inherits everything but the keys', () => {
  const env = { PATH: '/bin', LULL_CONFIG_DIR: '/c' };
  expect(childEnvironment({ ...env, ...KEYS })).toEqual(env);
});

test.each(['none', 'pipe'] as const)('a recorder sees no key (input: %s)', async (input) => {
  const child = spawnGuarded({
    ...{ path: process.execPath, platform: 'linux', input, env: { ...process.env, ...KEYS } },
    args: ['-e', 'process.stdout.write(JSON.stringify(process.env))'],
  });
  let seen = '';
  for await (const text of child.process.stdout ?? []) seen += String(text);
  expect(seen).toContain('PATH');
  expect(seen).not.toContain('secret');
});
