import { expect, test } from 'vitest';
import { childEnvironment } from '../../../src/host/programs/child-environment.ts';

const KEYS = {
  ASSEMBLYAI_API_KEY: 'secret-1',
  LULL_KEY: 'secret-2',
  assemblyai_api_key: 'secret-3',
};

test('what Lull starts inherits everything but the keys', () => {
  const env = { PATH: '/bin', LULL_CONFIG_DIR: '/c' };
  expect(childEnvironment({ ...env, ...KEYS })).toEqual(env);
});
