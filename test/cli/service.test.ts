import { describe, expect, test, vi } from 'vitest';
import type { ServiceChoice } from '../../src/cli/arguments.ts';
import { planService } from '../../src/cli/service.ts';

const ENDPOINT = 'wss://streaming.assemblyai.com/v3/ws';

function plan(choice: ServiceChoice, key?: string) {
  return planService(choice, async () => key);
}

describe('planService', () => {
  test('takes the service when a key is known', async () => {
    expect(await plan({}, 'k')).toEqual({ engine: 'assemblyai', endpoint: ENDPOINT, key: 'k' });
  });

  test('falls back to the local engine when none is', async () => {
    expect(await plan({ modelDir: 'm' })).toEqual({
      engine: 'local',
      modelDir: 'm',
      cause: 'no-key',
    });
  });

  test('does not look for a key that the local engine has no use for', async () => {
    const findKey = vi.fn();
    expect(await planService({ engine: 'local' }, findKey)).toEqual({
      engine: 'local',
      cause: 'asked-for',
    });
    expect(findKey).not.toHaveBeenCalled();
  });

  test('keeps the audio in the region asked for', async () => {
    expect(await plan({ region: 'eu' }, 'k')).toMatchObject({
      endpoint: 'wss://streaming.eu.assemblyai.com/v3/ws',
    });
  });

  test('needs no key for a server on this machine', async () => {
    expect(await plan({ endpoint: 'ws://127.0.0.1:8080' })).toEqual({
      engine: 'assemblyai',
      endpoint: 'ws://127.0.0.1:8080/v3/ws',
    });
  });

  test.each([{ engine: 'assemblyai' }, { region: 'us' }] as const)(
    'refuses %o without a key',
    async (choice) => {
      await expect(plan(choice)).rejects.toMatchObject({ code: 'no-key' });
    },
  );

  test('says how to give a key to a server that is not AssemblyAI’s', async () => {
    await expect(plan({ endpoint: 'wss://proxy.test' })).rejects.toMatchObject({
      code: 'no-key',
      message:
        'There is no key for proxy.test; run lull login --endpoint wss://proxy.test/v3/ws or set LULL_KEY',
    });
  });
});
