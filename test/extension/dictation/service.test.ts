import { describe, expect, test } from 'vitest';
import { planService } from '../../../src/extension/dictation/service.ts';

const NOTHING = {
  engine: 'auto',
  region: undefined,
  endpoint: undefined,
  tokenUrl: undefined,
} as const;

describe('planService', () => {
  test('leaves the choice to the person where nothing says who recognises', () => {
    expect(planService(NOTHING, 'unknown')).toEqual({ engine: 'undecided' });
  });

  test('takes the service where a key is known, and says where the voice goes', () => {
    expect(planService({ ...NOTHING, region: 'eu' }, 'known')).toEqual({
      engine: 'assemblyai',
      endpoint: 'wss://streaming.eu.assemblyai.com/v3/ws',
      host: 'streaming.eu.assemblyai.com',
      credential: 'key',
    });
  });

  test('needs neither key nor consent for a server on this machine', () => {
    const endpoint = 'ws://127.0.0.1:8080';
    expect(planService({ ...NOTHING, endpoint }, 'unknown')).toMatchObject({
      host: undefined,
      credential: 'none',
    });
  });

  test('prefers tokens to the key where an address gives them', () => {
    const tokenUrl = 'https://tokens.test/lull';
    expect(planService({ ...NOTHING, tokenUrl }, 'known')).toMatchObject({ credential: 'token' });
  });

  test('keeps the voice here when the local engine is asked for', () => {
    expect(planService({ ...NOTHING, engine: 'local' }, 'known')).toEqual({ engine: 'local' });
  });

  test.each([
    { ...NOTHING, engine: 'assemblyai' as const },
    { ...NOTHING, endpoint: 'wss://proxy.test' },
  ])('refuses %o without a key', (choice) => {
    expect(() => planService(choice, 'unknown')).toThrow(
      expect.objectContaining({ code: 'no-key' }),
    );
  });

  test.each(['http://tokens.test', 'file:///etc/passwd', 'nonsense'])(
    'refuses %s as an address of tokens',
    (tokenUrl) => {
      expect(() => planService({ ...NOTHING, tokenUrl }, 'known')).toThrow(
        expect.objectContaining({ code: 'invalid-option' }),
      );
    },
  );
});
