import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAudioFile } from '../../../src/host/audio-file/audio-file.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { buildWav, tone } from '../../support/sound/wav.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lull-wav-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function refusal(content: Uint8Array): Promise<unknown> {
  const path = join(folder, 'refused.wav');
  await writeFile(path, content);
  return openAudioFile(path, { clock: new FakeClock(), env: {}, platform: 'none' }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const samples = tone({ frequencyHz: 440, sampleRateHz: 16_000, seconds: 0.5 });

test.each([
  ['an empty file', Buffer.alloc(0), 'is empty; record it again'],
  ['text', Buffer.from('hello, this is not audio'), 'is not a WAV file; convert it'],
  ['three bytes', Buffer.from('RIF'), 'is not a WAV file; convert it'],
  ['0 Hz', buildWav({ samples, sampleRateHz: 0 }), 'claims a sample rate of 0 Hz; convert it'],
  ['no channels', buildWav({ samples, channels: 0 }), 'claims to have 0 channels; convert it'],
  ['ADPCM', buildWav({ samples, codec: 17 }), 'cannot be read here (codec 17, 16 bits); convert'],
  ['no samples', buildWav({ samples: new Float32Array(0) }), 'has no sound in it; record it'],
  ['only a header', buildWav({ samples }).subarray(0, 36), 'has no audio data in it; convert it'],
  [
    'only zeros after it',
    Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.alloc(1e6)]),
    'has no audio data',
  ],
])('%s is refused with what it is and what to do', async (_, content, sentence) => {
  expect(await refusal(content)).toMatchObject({
    code: 'audio-unreadable',
    message: expect.stringContaining(sentence),
  });
});

test('the conversion it advises can be pasted, whatever the file is called', async () => {
  const path = join(folder, "it's $(mine).wav");
  await writeFile(path, buildWav({ samples, codec: 17 }));
  const target = `'${folder}/it'\\''s $(mine)-16k.wav'`;
  await expect(openAudioFile(path, { clock: new FakeClock() })).rejects.toMatchObject({
    message: expect.stringContaining(
      `ffmpeg -i '${folder}/it'\\''s $(mine).wav' -ar 16000 -ac 1 ${target}`,
    ),
  });
});

test('a missing file is named', async () => {
  const path = join(folder, 'missing.wav');
  await expect(
    openAudioFile(path, { clock: new FakeClock(), env: {}, platform: 'none' }),
  ).rejects.toMatchObject({
    code: 'audio-missing',
    message: `There is no file ${path}; check its name and folder`,
  });
});

test('a folder is refused', async () => {
  await expect(openAudioFile(folder, { clock: new FakeClock() })).rejects.toMatchObject({
    code: 'audio-unreadable',
    message: expect.stringContaining('is a folder'),
  });
});

test('a device is refused: it has no length', async () => {
  await expect(openAudioFile('/dev/null', { clock: new FakeClock() })).rejects.toMatchObject({
    code: 'audio-unreadable',
    message: expect.stringContaining('is not a regular file'),
  });
});
