import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openAudioStream } from '../../../src/host/audio-file/audio-stream.ts';
import { encodePcm16 } from '../../../src/sound/index.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from '../../support/sound/collected-audio.ts';
import { buildWav, chunk, tone } from '../../support/sound/wav.ts';

function setup(sampleRateHz = 16_000) {
  const stream = new PassThrough({ highWaterMark: 4_096 });
  const audio = new CollectedAudio();
  const running = openAudioStream(stream, { sampleRateHz, clock: new FakeClock() }).start(audio);
  return { stream, audio, running };
}

const pcm = encodePcm16(tone({ frequencyHz: 440, sampleRateHz: 16_000, seconds: 0.1 }));

test('16 kHz comes through byte for byte, cut anywhere', async () => {
  const { stream, audio } = setup();
  stream.write(pcm.subarray(0, 333));
  stream.end(pcm.subarray(333));
  await audio.ended();
  expect(audio.endings).toEqual([{ kind: 'ended' }]);
  expect(audio.pcm).toEqual(Buffer.from(pcm));
});

test('may go on for ever, so the limits of a microphone hold', () => {
  const source = openAudioStream(new PassThrough(), { clock: new FakeClock() });
  expect(source.kind).toBe('piped');
});

test.each([8_000, 44_100, 384_000])(
  '%i Hz is resampled, half samples carried over',
  async (rate) => {
    const inputs = encodePcm16(tone({ frequencyHz: 440, sampleRateHz: rate, seconds: 0.1 }));
    const whole = setup(rate);
    whole.stream.end(inputs);
    await whole.audio.ended();
    const odd = setup(rate);
    odd.stream.write(inputs.subarray(0, 7));
    await setImmediate();
    odd.stream.write(inputs.subarray(7, 100));
    await setImmediate();
    odd.stream.end(inputs.subarray(100));
    await odd.audio.ended();
    expect(whole.audio.pcm).toHaveLength(3_200);
    expect(odd.audio.pcm).toEqual(whole.audio.pcm);
  },
);

test('a pause makes the writer wait', async () => {
  const { stream, audio, running } = setup();
  running.setPaused('paused');
  let isTaken = true;
  for (let count = 0; isTaken && count < 100; count += 1) isTaken = stream.write(pcm);
  await setImmediate();
  expect(isTaken).toBe(false);
  expect(audio.pieces).toEqual([]);
  running.setPaused('running');
  await audio.received(pcm.length);
  expect(audio.pcm.subarray(0, pcm.length)).toEqual(Buffer.from(pcm));
});

test('stop() ends it once although the pipe stays open, and lets go of the pipe', async () => {
  const { stream, audio, running } = setup();
  stream.write(pcm);
  await audio.received(pcm.length);
  running.stop();
  running.stop();
  await audio.ended();
  await setImmediate();
  expect(audio.endings).toEqual([{ kind: 'ended' }]);
  expect(stream.destroyed).toBe(true);
});

test('a stream that breaks off is an error', async () => {
  const { stream, audio } = setup();
  stream.write(pcm);
  await audio.received(pcm.length);
  stream.destroy(new Error('EIO'));
  await audio.ended();
  expect(audio.failure).toMatchObject({ code: 'audio-unreadable' });
});

test('no audio at all is an error that says so', async () => {
  const { stream, audio } = setup();
  stream.end();
  await audio.ended();
  expect(audio.failure).toMatchObject({
    code: 'audio-unreadable',
    message: expect.stringContaining('No audio came'),
  });
});

describe('a WAV file on standard input', () => {
  const speech = tone({ frequencyHz: 440, sampleRateHz: 16_000, seconds: 0.5 });
  const sound = buildWav({ samples: speech }).subarray(44);
  const tags = chunk('LIST', Buffer.alloc(5_001, 1));
  test.each([
    ['whose sizes are right', {}],
    ['that a program writes as it goes', { claimedRiffBytes: 0, claimedDataBytes: 0 }],
    ['of unknown length', { claimedRiffBytes: 0xffffffff, claimedDataBytes: 0xffffffff }],
    ['with tags before and after the sound', { beforeFormat: [tags], afterData: [tags] }],
    ['of more than 4 GB', { container: 'RF64' }],
  ] as const)('%s: all its sound, and no click of its head', async (_, parts) => {
    for (const bytes of [7, 100, 4_096]) {
      const { stream, audio } = setup();
      const wav = buildWav({ samples: speech, ...parts });
      for (let place = 0; place < wav.length; place += bytes) {
        stream.write(wav.subarray(place, place + bytes));
      }
      stream.end();
      await audio.ended();
      expect(audio.endings).toEqual([{ kind: 'ended' }]);
      expect(audio.pcm).toEqual(sound);
      expect(audio.warnings).toEqual([]);
    }
  });

  test('says its rate and channels itself', async () => {
    const { stream, audio } = setup();
    stream.end(
      buildWav({ samples: speech, sampleRateHz: 48_000, channels: 2, format: 'float-32' }),
    );
    await audio.ended();
    expect(audio.pcm).toHaveLength(Math.ceil((speech.length / 3) * 2 - 0.5) + 1);
  });

  test('comes as it is recorded, and not when it is over', async () => {
    const { stream, audio, running } = setup();
    stream.write(buildWav({ samples: speech, claimedDataBytes: 0xffffffff }));
    await audio.received(sound.length);
    expect(audio.pcm).toEqual(sound);
    running.stop();
    await audio.ended();
    expect(stream.destroyed).toBe(true);
  });

  test('in a way that cannot be read is refused with what to type', async () => {
    const { stream, audio } = setup();
    stream.end(buildWav({ samples: speech, codec: 17 }));
    await audio.ended();
    expect(audio.failure).toEqual(
      expect.objectContaining({
        code: 'audio-unreadable',
        message:
          'Standard input stores its audio in a way that cannot be read here (codec 17, 16 bits); convert it, for example with: ffmpeg -i INPUT -f wav -ar 16000 -ac 1 - | lull --audio -',
      }),
    );
  });
});

describe('rate', () => {
  test.each([0, -1, 16, 999, 384_001, 16_000.5, Number.NaN])('%d is refused', (sampleRateHz) => {
    expect(() =>
      openAudioStream(new PassThrough(), { sampleRateHz, clock: new FakeClock() }),
    ).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});
