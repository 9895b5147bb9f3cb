import { describe, expect, test } from 'vitest';
import {
  buildSessionUrl,
  checkEndpoint,
  connectionParameters,
  endpointFor,
} from '../../../src/core/assemblyai/request.ts';
import { checkOptions, type DictationOptions } from '../../../src/core/options.ts';

function query(options: DictationOptions = {}, token?: string) {
  const parameters = connectionParameters(checkOptions(options).settings, {
    engine: 'assemblyai',
    token,
  });
  const url = new URL(buildSessionUrl(endpointFor(undefined), parameters));
  return Object.fromEntries([...url.searchParams]);
}

describe('the address of a session', () => {
  test('asks for the current model, raw 16 kHz PCM and a net under a hanging client', () => {
    expect(query()).toEqual({
      speech_model: 'universal-3-6-pro',
      sample_rate: '16000',
      encoding: 'pcm_s16le',
      inactivity_timeout: '10',
      mode: 'max_accuracy',
    });
  });

  test('asks the US models to format', () => {
    expect(query({ model: 'universal-streaming-english' })['format_turns']).toBe('true');
  });

  test('sends lists as one JSON text', () => {
    const sent = query({ keyterms: ['Deno', 'C & D'], languages: ['de', 'en'] });
    expect(sent['keyterms_prompt']).toBe('["Deno","C & D"]');
    expect(sent['language_codes']).toBe('["de","en"]');
  });

  test.each([
    [0, '60'],
    [0.2, '6'],
    [30, '35'],
    [10_000, '3600'],
  ])('keeps the inactivity limit a little above %d s of silence', (silenceSeconds, expected) => {
    expect(query({ silenceSeconds })['inactivity_timeout']).toBe(expected);
  });

  test('sends zero and false, and leaves out what is absent', () => {
    const url = buildSessionUrl('wss://h/v3/ws', {
      speech_model: 'm',
      sample_rate: 8_000,
      encoding: 'pcm_s16le',
      inactivity_timeout: 0,
      format_turns: false,
    });
    expect(url).toBe(
      'wss://h/v3/ws?speech_model=m&sample_rate=8000&encoding=pcm_s16le&inactivity_timeout=0&format_turns=false',
    );
  });

  test('carries a temporary token and never more', () => {
    expect(query({}, 'temporary')['token']).toBe('temporary');
  });

  test('keeps audio in the zone asked for', () => {
    expect(endpointFor('eu')).toBe('wss://streaming.eu.assemblyai.com/v3/ws');
    expect(endpointFor('us')).toBe('wss://streaming.us.assemblyai.com/v3/ws');
  });
});

describe('checkEndpoint', () => {
  test.each([
    ['ws://127.0.0.1:8080', 'ws://127.0.0.1:8080/v3/ws'],
    ['ws://localhost:8080/', 'ws://localhost:8080/v3/ws'],
    ['ws://[::1]:8080/v3/ws', 'ws://[::1]:8080/v3/ws'],
    ['wss://proxy.example/speech', 'wss://proxy.example/speech'],
  ])('takes %s', (text, url) => {
    expect(checkEndpoint(text)).toBe(url);
  });

  test.each([
    'ws://example.com',
    'ws://127.0.0.1.example.com',
    'ws://192.168.1.4:8080',
    'ws://0.0.0.0:8080',
    'http://127.0.0.1:8080',
    'wss://user:pass@example.com',
    'wss://example.com/?token=abc',
    'example.com',
    '',
  ])('refuses %s with a sentence', (text) => {
    expect(() => checkEndpoint(text)).toThrow(
      expect.objectContaining({
        code: 'invalid-option',
        message: expect.stringMatching(/endpoint/),
      }),
    );
  });

  test('says nothing of a password it refuses', () => {
    expect(() => checkEndpoint('ws://u:secret@example.com')).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/secret/) }),
    );
  });
});
