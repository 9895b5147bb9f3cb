import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { copyFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAudioFile } from '../../../src/host/audio-file/audio-file.ts';
import { openAudioStream } from '../../../src/host/audio-file/audio-stream.ts';
import { decodePcm16 } from '../../../src/sound/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from '../../support/sound/collected-audio.ts';
import { bestCorrelation, sweep } from '../../support/sound/correlation.ts';
import { buildWav } from '../../support/sound/wav.ts';
import { lacks } from '../../support/system-packages.ts';

const clock = new FakeClock();
const LACKS_FFMPEG = lacks('ffmpeg', 'ffmpeg');
const said = sweep(1);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lull-ffmpeg-'));
  const samples = decodePcm16(said);
  await writeFile(join(folder, 'said.wav'), buildWav({ samples }));
});
afterAll(() => rm(folder, { recursive: true }));

function encode(file: string): string {
  const path = join(folder, file);
  const input = ['-i', join(folder, 'said.wav'), '-ar', '48000', '-ac', '2'];
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...input, path]);
  return path;
}

describe.skipIf(LACKS_FFMPEG).each([
  ['said.mp3', 'an MP3 file'],
  ['said.ogg', 'an Ogg file'],
  ['said.flac', 'a FLAC file'],
  ['said.m4a', 'an MP4 file'],
  ['said.webm', 'a WebM file'],
  ['said.aiff', 'an AIFF file'],
  ['said.aac', 'an AAC file'],
])('%s', (file, name) => {
  let path: string;
  beforeAll(() => {
    path = encode(file);
  });

  test('is heard through the ffmpeg of the machine', async () => {
    const audio = new CollectedAudio();
    (await openAudioFile(path, { clock, pace: 'as-taken' })).start(audio);
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(bestCorrelation(audio.pcm, said)).toBeGreaterThan(0.9);
  });

  // What ffmpeg has to look up at the end of an MP4 file is not there yet.
  const streamed = file === 'said.m4a' ? [] : ['standard input'];
  test.each(streamed)('is heard on %s too', async () => {
    const audio = new CollectedAudio();
    openAudioStream(createReadStream(path, { highWaterMark: 1_000 }), { clock }).start(audio);
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(bestCorrelation(audio.pcm, said)).toBeGreaterThan(0.9);
  });

  test('is refused by its kind where there is no ffmpeg', async () => {
    const nowhere = { env: { LULL_RECORDER_PATH: folder }, platform: 'linux' };
    const sentence = `is ${name}, which takes ffmpeg to read; install it with: sudo apt install ffmpeg`;
    await expect(openAudioFile(path, { clock, ...nowhere })).rejects.toMatchObject({
      code: 'audio-unreadable',
      message: `${file} ${sentence}`,
    });
    const audio = new CollectedAudio();
    openAudioStream(createReadStream(path), { clock, ...nowhere }).start(audio);
    await audio.ended();
    expect(audio.failure).toMatchObject({ message: `Standard input ${sentence}` });
  });
});

describe.skipIf(LACKS_FFMPEG)('ffmpeg', () => {
  test('that cannot read a damaged file is quoted', async () => {
    const path = join(folder, 'damaged.m4a');
    await copyFile(encode('whole.m4a'), path);
    await truncate(path, 200);
    const audio = new CollectedAudio();
    (await openAudioFile(path, { clock, pace: 'as-taken' })).start(audio);
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'audio-unreadable',
      message: expect.stringMatching(
        /^damaged\.m4a is an MP4 file that ffmpeg cannot read \(.+\);/,
      ),
    });
  });

  test('ends with a stop, although the pipe stays open', async () => {
    const stream = new PassThrough();
    const audio = new CollectedAudio();
    const running = openAudioStream(stream, { clock }).start(audio);
    createReadStream(encode('long.mp3')).pipe(stream, { end: false });
    await audio.received(8_000);
    running.stop();
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(stream.destroyed).toBe(true);
  });
});
