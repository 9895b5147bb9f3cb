import { expect, test } from 'vitest';
import { audioKind, MPEG_HEAD_BYTES } from '../../../src/host/audio-file/audio-kind.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['RIFF\x24\x08\0\0WAVE', 'wav'],
  ['RF64\xff\xff\xff\xffWAVE', 'wav'],
  ['BW64\xff\xff\xff\xffWAVE', 'wav'],
  ['RIFF\0\0\0\0AVI ', 'an AVI film'],
  ['ID3\x03\0\0\0\0\0\0\0\0', 'an MP3 file'],
  ['OggS\0\x02\0\0\0\0\0\0', 'an Ogg file'],
  ['fLaC\0\0\0\x22\0\0\0\0', 'a FLAC file'],
  ['\0\0\0\x20ftypM4A ', 'an MP4 file'],
  ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81', 'a WebM file'],
  ['FORM\0\0\0\0AIFF', 'an AIFF file'],
  ['RIFF', 'unknown'],
  ['', 'unknown'],
])('%j is %s', (head, expected) => {
  const kind = audioKind(latin(head));
  expect(kind.kind === 'other' ? kind.name : kind.kind).toBe(expected);
});

test('raw samples that happen to begin like MP3 are raw samples', () => {
  const loud = Buffer.alloc(MPEG_HEAD_BYTES);
  loud.write('\xff\xfb\x90\x64', 'latin1');
  expect(audioKind(loud)).toEqual({ kind: 'unknown' });
  // 128 kbit/s at 44.1 kHz: 417 bytes to the next head.
  loud.write('\xff\xfb', 417, 'latin1');
  expect(audioKind(loud)).toMatchObject({ name: 'an MP3 file' });
});

test('silence and noise around it are raw samples', () => {
  for (const pair of ['\0\0', '\xff\xff', '\xfe\xff', '\x01\0']) {
    expect(audioKind(latin(pair.repeat(MPEG_HEAD_BYTES / 2)))).toEqual({ kind: 'unknown' });
  }
});
