import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openAudioFile } from '../../../src/host/audio-file/audio-file.ts';
import { monoWeights } from '../../../src/host/audio-file/channel-mix.ts';
import { decodePcm16 } from '../../../src/sound/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from '../../support/sound/collected-audio.ts';
import { lacks } from '../../support/system-packages.ts';

const RATE_HZ = 16_000;

test.each([
  ['mono', 1, 4, [1]],
  ['stereo', 2, 3, [0.5, 0.5]],
  [
    '5.1: the voice in the centre is loudest, the bass is left out',
    6,
    0x3f,
    [0.207, 0.207, 0.293, 0, 0.146, 0.146],
  ],
  ['5.1 with the surround at the sides', 6, 0x60f, [0.207, 0.207, 0.293, 0, 0.146, 0.146]],
  ['a mask that fits no such number of channels is not believed', 2, 0x3f, [0.5, 0.5]],
  ['ten channels of whatever', 10, undefined, Array(10).fill(0.1)],
] as const)('%s', (_, channels, mask, expected) => {
  const weights = monoWeights(channels, mask);
  expect(weights).toHaveLength(channels);
  for (const [index, weight] of weights.entries()) expect(weight).toBeCloseTo(expected[index], 3);
});

// The whole way of a file, against the program everybody converts with.
test.skipIf(lacks('ffmpeg', 'ffmpeg')).each([
  ['stereo', 2],
  ['2.1', 3],
  ['3.0', 3],
  ['4.0', 4],
  ['quad', 4],
  ['5.0', 5],
  ['5.1', 6],
  ['5.1(side)', 6],
  ['6.1', 7],
  ['7.1', 8],
  ['none', 3],
  ['none', 4],
  ['none', 5],
  ['none', 6],
  ['none', 7],
  ['none', 8],
] as const)(
  'a layout of %s in %i channels is mixed as ffmpeg mixes it',
  async (layout, channels) => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-mix-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [raw, path] = [join(folder, 'channels.raw'), join(folder, 'channels.wav')];
    // Each channel a level of its own for a while, so that the mix tells them apart.
    const steps = 200;
    const samples = Int16Array.from({ length: channels * channels * steps }, (_, index) => {
      const speaking = Math.floor(index / channels / steps);
      return index % channels === speaking ? 20_000 : 0;
    });
    await writeFile(raw, samples);
    const input = ['-f', 's16le', '-ar', String(RATE_HZ), '-ac', String(channels), '-i', raw];
    const quiet = ['-loglevel', 'error', '-y'];
    const named = layout === 'none' ? [] : ['-channel_layout', layout];
    execFileSync('ffmpeg', [...quiet, ...named, ...input, path]);
    const theirs = decodePcm16(
      execFileSync('ffmpeg', [...quiet, '-i', path, '-ac', '1', '-f', 's16le', '-']),
    );

    const audio = new CollectedAudio();
    (await openAudioFile(path, { clock: new FakeClock(), pace: 'as-taken' })).start(audio);
    await audio.ended();
    const ours = decodePcm16(audio.pcm);
    expect(ours).toHaveLength(theirs.length);
    for (let channel = 0; channel < channels; channel += 1) {
      const middle = channel * steps + steps / 2;
      expect(ours[middle]).toBeCloseTo(theirs[middle] ?? Number.NaN, 3);
    }
  },
);
