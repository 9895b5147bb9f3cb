import { describe, expect, test } from 'vitest';
import { DEFAULT_MODEL, offerFor } from '../../../src/engine/models/catalogue.ts';

const SUM = 'a'.repeat(64);

describe('which model is fetched, and from where', () => {
  test('the small English one of the publisher, whose size and checksum are pinned', () => {
    expect(offerFor({})).toMatchObject({
      url: 'https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip',
      bytes: 41_205_931,
      sha256: '30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498',
    });
  });

  test('another one only with a checksum', () => {
    const name = 'vosk-model-small-de-0.15';
    expect(() => offerFor({ name })).toThrow('Lull knows no checksum for vosk-model-small-de-0.15');
    expect(offerFor({ name, sha256: SUM.toUpperCase() })).toMatchObject({ name, sha256: SUM });
  });

  test('the same one from a mirror', () => {
    const { url } = offerFor({ mirror: 'https://mirror.test/models/?x#y' });
    expect(url).toBe(`https://mirror.test/models/${DEFAULT_MODEL}.zip`);
    expect(offerFor({ mirror: 'http://127.0.0.1:8080' }).url).toContain('http://127.0.0.1:8080/');
  });

  test.each([
    [{ name: '../../etc/passwd' }, 'A model is named like'],
    [{ name: 'vosk-model-small-en-us-0.15.zip/..' }, 'A model is named like'],
    [{ sha256: 'abc' }, '64 hexadecimal digits'],
    [{ sha256: SUM }, 'Lull knows another checksum'],
    [{ mirror: 'http://mirror.test' }, 'https:// address'],
    [{ mirror: 'mirror.test' }, 'https:// address'],
    [{ mirror: 'file:///models' }, 'https:// address'],
  ])('%o is refused', (wish, sentence) => {
    expect(() => offerFor(wish)).toThrow(sentence);
  });
});
