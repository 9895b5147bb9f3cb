import { describe, expect, test } from 'vitest';
import {
  chosenEndpoint,
  type KnownKey,
  noKey,
  planService,
  type ServiceChoice,
} from '../../src/core/service-plan.ts';

const HERE = 'ws://127.0.0.1:8080';

describe('who recognises', () => {
  test.each<[ServiceChoice, KnownKey, object]>([
    [{}, 'key', { engine: 'assemblyai', credential: 'key', billing: 'billed' }],
    [{}, 'none', { engine: 'local', cause: 'no-key' }],
    [{ engine: 'local' }, 'key', { engine: 'local', cause: 'asked-for' }],
    [{ engine: 'assemblyai' }, 'none', { engine: 'none', host: 'streaming.assemblyai.com' }],
    [{ region: 'eu' }, 'key', { host: 'streaming.eu.assemblyai.com' }],
    [{ region: 'eu' }, 'none', { engine: 'none', host: 'streaming.eu.assemblyai.com' }],
    [{ endpoint: 'wss://proxy.test' }, 'none', { engine: 'none', host: 'proxy.test' }],
    [{ endpoint: 'wss://proxy.test' }, 'key', { host: 'proxy.test', credential: 'key' }],
    [{ endpoint: HERE }, 'none', { credential: 'none', billing: 'free' }],
    [{ endpoint: HERE }, 'own-server', { credential: 'own-server', billing: 'free' }],
    [{ endpoint: HERE }, 'key', { credential: 'key', billing: 'billed' }],
    [{ tokenUrl: 'https://tokens.test' }, 'none', { credential: 'token', billing: 'billed' }],
    [{ tokenUrl: 'https://tokens.test' }, 'key', { credential: 'token' }],
  ])('with %j and %s is %j', (choice, known, plan) => {
    expect(planService(choice, known)).toMatchObject(plan);
  });

  test('is not told a host where the voice stays on this machine', () => {
    expect(planService({ endpoint: HERE }, 'none')).not.toHaveProperty('host');
  });

  test('is looked for at the endpoint that was chosen', () => {
    expect(chosenEndpoint({ region: 'us' })).toBe('wss://streaming.us.assemblyai.com/v3/ws');
    expect(chosenEndpoint({ endpoint: HERE })).toBe('ws://127.0.0.1:8080/v3/ws');
    expect(() => chosenEndpoint({ endpoint: 'http://x' })).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });
});

test('a missing key is named after whose it is', () => {
  expect(noKey('streaming.eu.assemblyai.com', 'set one').message).toBe(
    'There is no AssemblyAI key; set one',
  );
  expect(noKey('proxy.test', 'set one').message).toBe('There is no key for proxy.test; set one');
});
