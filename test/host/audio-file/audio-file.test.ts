import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAudioFile } from '../../../src/host/audio-file/audio-file.ts';
import { decodePcm16 } from '../../../src/sound/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from '../../support/sound/collected-audio.ts';
import { buildWav, chunk, tone } from '../../support/sound/wav.ts';
import { lacks } from '../../support/system-packages.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lull-wav-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function setup(content: Uint8Array) {
  files += 1;
  const path = join(folder, `${files}.wav`);
  await writeFile(path, content);
  const clock = new FakeClock();
  return { path, clock };
}

/** Moves the clock whenever the source waits for it, and for nothing else. */
async function play(clock: FakeClock, until: () => boolean): Promise<void> {
  while (!until()) {
    // What is already due comes first, without a millisecond passing.
    clock.advance(0);
    if (clock.pending > 0) clock.advance(1);
    else await setImmediate();
  }
}

async function readAll(content: Uint8Array): Promise<Buffer> {
  const { path, clock } = await setup(content);
  const audio = new CollectedAudio();
  (await openAudioFile(path, { clock })).start(audio);
  await play(clock, () => audio.endings.length > 0);
  expect(audio.endings).toEqual([{ kind: 'ended' }]);
  return audio.pcm;
}

/** PCM as the source delivers it, of a file that needs no conversion. */
function pcmOf(samples: Float32Array): Buffer {
  return buildWav({ samples }).subarray(44);
}

const speech = tone({ frequencyHz: 440, sampleRateHz: 16_000, seconds: 0.5 });

describe('what is delivered', () => {
  test('16 kHz mono 16-bit comes through byte for byte', async () => {
    expect(await readAll(buildWav({ samples: speech }))).toEqual(pcmOf(speech));
  });

  test.each([
    ['unsigned-8', 0.008],
    ['signed-16', 0.0001],
    ['signed-24', 0.0001],
    ['signed-32', 0.0001],
    ['float-32', 0.0001],
    ['float-64', 0.0001],
  ] as const)('%s in two channels becomes the same sound', async (format, tolerance) => {
    const pcm = await readAll(buildWav({ samples: speech, format, channels: 2 }));
    const differences = decodePcm16(pcm).map((sample, index) =>
      Math.abs(sample - (speech[index] ?? 9)),
    );
    expect(pcm).toHaveLength(speech.length * 2);
    expect(Math.max(...differences)).toBeLessThan(tolerance);
  });

  test.each([8_000, 11_025, 44_100, 48_000, 96_000])(
    '%i Hz becomes 16 kHz',
    async (sampleRateHz) => {
      const samples = tone({ frequencyHz: 440, sampleRateHz, seconds: 0.5 });
      const pcm = decodePcm16(await readAll(buildWav({ samples, sampleRateHz })));
      expect(pcm).toHaveLength(Math.ceil((samples.length * 16_000) / sampleRateHz));
      const middle = pcm.subarray(2_000, 6_000);
      const error = middle.map((sample, index) => Math.abs(sample - (speech[index + 2_000] ?? 9)));
      expect(Math.max(...error)).toBeLessThan(0.001);
    },
  );

  test('channels of opposite sign cancel: the mean is taken', async () => {
    const wav = buildWav({ samples: speech, channels: 2 });
    for (let place = 46; place < wav.length; place += 4) {
      wav.writeInt16LE(-wav.readInt16LE(place - 2), place);
    }
    expect(decodePcm16(await readAll(wav)).every((sample) => sample === 0)).toBe(true);
  });

  test('one sample at 1 Hz is a second of sound', async () => {
    const pcm = await readAll(buildWav({ samples: new Float32Array([0.5]), sampleRateHz: 1 }));
    expect(pcm).toHaveLength(32_000);
  });

  test('a level above full scale and a NaN in a float file do not wrap around', async () => {
    const samples = new Float32Array([2, -2, Number.NaN, 0.5]);
    const pcm = await readAll(buildWav({ samples, format: 'float-32' }));
    expect(new Int16Array(new Uint8Array(pcm).buffer)).toEqual(
      new Int16Array([32_767, -32_768, 0, 16_384]),
    );
  });
});

describe('how files are laid out', () => {
  const odd = chunk('LIST', Buffer.from('abc'));
  test.each([
    ['WAVE_FORMAT_EXTENSIBLE', { isExtensible: true }],
    ['RF64', { container: 'RF64' }],
    ['a chunk of odd length before the format', { beforeFormat: [odd] }],
    ['tags after the data', { afterData: [chunk('id3 ', Buffer.alloc(500, 1))] }],
    ['sizes of 0, as a pipe leaves them', { claimedRiffBytes: 0, claimedDataBytes: 0 }],
    [
      'the largest sizes, as ffmpeg leaves them',
      { claimedRiffBytes: 0xffffffff, claimedDataBytes: 0xffffffff },
    ],
    ['a data size beyond the file', { claimedDataBytes: 0x7ffff000 }],
  ] as const)('%s: all samples and only samples', async (_, parts) => {
    expect(await readAll(buildWav({ samples: speech, ...parts }))).toEqual(pcmOf(speech));
  });

  test('a file cut off in the middle of a sample gives the whole samples before', async () => {
    const pcm = await readAll(buildWav({ samples: speech }).subarray(0, 44 + 801));
    expect(pcm).toEqual(pcmOf(speech).subarray(0, 800));
  });
});

describe('real time', () => {
  test('each 50 ms come when they are over', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech }));
    const times: number[] = [];
    const audio = new CollectedAudio(() => times.push(clock.now()));
    (await openAudioFile(path, { clock })).start(audio);
    await play(clock, () => audio.endings.length > 0);
    expect(times).toEqual([50, 100, 150, 200, 250, 300, 350, 400, 450, 500]);
  });

  test('a late timer is made up for at once', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech }));
    const times: number[] = [];
    const audio = new CollectedAudio(() => times.push(clock.now()));
    (await openAudioFile(path, { clock })).start(audio);
    await play(clock, () => audio.pieces.length === 1);
    clock.advance(175);
    await play(clock, () => audio.endings.length > 0);
    expect(times).toEqual([50, 225, 225, 225, 250, 300, 350, 400, 450, 500]);
  });

  test('a pause holds the rest back and then shifts it', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech }));
    const times: number[] = [];
    const audio = new CollectedAudio(() => times.push(clock.now()));
    const running = (await openAudioFile(path, { clock })).start(audio);
    await play(clock, () => audio.pieces.length === 8);
    running.setPaused('paused');
    clock.advance(10_000);
    running.setPaused('running');
    await play(clock, () => audio.endings.length > 0);
    expect(times.slice(8)).toEqual([10_450, 10_500]);
    expect(audio.pcm).toEqual(pcmOf(speech));
  });

  test('stop() ends it at once, once, and leaves nothing scheduled', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech }));
    const audio = new CollectedAudio();
    const running = (await openAudioFile(path, { clock })).start(audio);
    await play(clock, () => audio.pieces.length === 3);
    running.stop();
    running.stop();
    running.abort();
    await audio.ended();
    clock.advance(10_000);
    await setImmediate();
    expect(audio.pcm).toEqual(pcmOf(speech).subarray(0, 4_800));
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(clock.pending).toBe(0);
  });
});

describe('as fast as it is taken', () => {
  test('a file needs no clock, is whole, and its length is known before', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech, sampleRateHz: 8_000 }));
    const audio = new CollectedAudio();
    const source = await openAudioFile(path, { clock, pace: 'as-taken' });
    expect(source.durationMs).toBe(1_000);
    source.start(audio);
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.pcm).toHaveLength(32_000);
  });

  test('a pause holds the file back, and nothing is lost', async () => {
    const { path, clock } = await setup(buildWav({ samples: speech }));
    const audio = new CollectedAudio(() => {
      if (audio.pieces.length % 3 === 0) running.setPaused('paused');
    });
    const source = await openAudioFile(path, { clock, pace: 'as-taken' });
    const running = source.start(audio);
    for (const held of [3, 6, 9]) {
      await audio.received(held * 1_600);
      for (let turn = 0; turn < 20; turn += 1) await setImmediate();
      expect(audio.pieces).toHaveLength(held);
      running.setPaused('running');
    }
    await audio.ended();
    expect(audio.pcm).toEqual(pcmOf(speech));
  });
});

describe.skipIf(lacks('mkfifo', 'coreutils'))('a pipe with a name', () => {
  test('is read as it comes, as <(arecord) is', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const audio = new CollectedAudio();
    const source = await openAudioFile(path, { clock: new FakeClock() });
    source.start(audio);
    const writer = await open(path, 'w');
    await writer.write(buildWav({ samples: speech, claimedDataBytes: 0xffffffff }));
    await writer.close();
    await audio.ended();
    expect(source).toMatchObject({ kind: 'piped', name: path });
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.pcm).toEqual(pcmOf(speech));
  });
});

test('a file of two gigabytes starts without being read into memory', async () => {
  const { path, clock } = await setup(buildWav({ samples: speech, claimedDataBytes: 2 ** 31 }));
  const file = await open(path, 'r+');
  await file.truncate(2 ** 31);
  await file.close();
  const before = process.memoryUsage().rss;
  const audio = new CollectedAudio();
  const running = (await openAudioFile(path, { clock })).start(audio);
  await play(clock, () => audio.pieces.length === 20);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  running.stop();
  await audio.ended();
});
