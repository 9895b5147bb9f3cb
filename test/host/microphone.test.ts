import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePcm16, encodePcm16 } from '../../src/core/audio/pcm.ts';
import { ladderFor } from '../../src/core/recorder/ladder.ts';
import { createMonotonicClock } from '../../src/host/monotonic-clock.ts';
import { openRecorder } from '../../src/host/recorder.ts';
import { CollectedAudio } from '../support/collected-audio.ts';
import { lacks } from '../support/system-packages.ts';
import { LACKS_VIRTUAL_MIC, startVirtualMic, type VirtualMic } from '../support/virtual-mic.ts';
import { tone } from '../support/wav.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  parec: 'pulseaudio-utils',
  arecord: 'alsa-utils libasound2-plugins',
  ffmpeg: 'ffmpeg',
  sox: 'sox libsox-fmt-all',
};
const PLATFORM = 'linux';
/** What a recorder holds back in blocks and has not written when it is stopped. */
const DELAY_MS = 100;
const SOX_DELAY_MS = 300;
const clock = createMonotonicClock();
const rungs = ladderFor({ platform: PLATFORM }).filter(({ command }) => command in PACKAGES);

/** The pitch rises, so that a copy matches at one place only. */
function sweep(seconds: number): Uint8Array {
  const samples = tone({ frequencyHz: 1, sampleRateHz: 16_000, seconds }).map((_, index) => {
    const time = index / 16_000;
    return 0.4 * Math.sin(2 * Math.PI * (300 * time + 400 * time * time));
  });
  return encodePcm16(samples);
}

/** Samples compared of each four: the sweep is far below an eighth of the rate. */
const STRIDE = 4;

/** The best normalised correlation of `played`, whole, with any stretch of `captured`. */
function bestCorrelation(captured: Uint8Array, played: Uint8Array): number {
  const heard = decodePcm16(captured);
  const spoken = decodePcm16(played);
  let best = 0;
  for (let lag = 0; lag + spoken.length <= heard.length; lag += 1) {
    let [product, heardPower, spokenPower] = [0, 0, 0];
    for (let index = 0; index < spoken.length; index += STRIDE) {
      const there = heard[lag + index] ?? 0;
      const here = spoken[index] ?? 0;
      product += there * here;
      heardPower += there * there;
      spokenPower += here * here;
    }
    best = Math.max(best, product / Math.sqrt(heardPower * spokenPower));
  }
  return best;
}

function roomTone(ms: number): Uint8Array {
  return new Uint8Array(ms * 32);
}

describe.skipIf(LACKS_VIRTUAL_MIC)('openRecorder on a real sound server', () => {
  let mic: VirtualMic;
  beforeAll(async () => {
    mic = await startVirtualMic();
  });
  afterAll(() => mic.close());

  describe.each(rungs)('with $name', (rung) => {
    test.skipIf(lacks(rung.command, PACKAGES[rung.command] ?? ''))(
      'hears what was said, to the last word before stop()',
      async () => {
        const audio = new CollectedAudio();
        const source = openRecorder({ clock, env: mic.env, platform: PLATFORM, rungs: [rung] });
        const running = source.start(audio);
        await audio.received(1);
        const said = sweep(1);
        await mic.play(said);
        await mic.play(roomTone(rung.name === 'sox' ? SOX_DELAY_MS : DELAY_MS));
        running.stop();
        await audio.ended();
        expect(audio.endings).toEqual([{ kind: 'ended' }]);
        expect(audio.warnings).toEqual([]);
        expect(bestCorrelation(audio.pcm, said)).toBeGreaterThan(0.95);
      },
    );
  });

  test('takes the first rung of its own accord', async () => {
    const audio = new CollectedAudio();
    const running = openRecorder({ clock, env: mic.env, platform: PLATFORM }).start(audio);
    await audio.received(3_200);
    running.stop();
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.warnings).toEqual([]);
  });

  test('says that a microphone of that name is not there', async () => {
    const audio = new CollectedAudio();
    const device = 'no-such-microphone';
    openRecorder({ clock, env: mic.env, platform: PLATFORM, device }).start(audio);
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(/^The microphone "no-such-microphone" was not found/),
    });
  });

  test('says that no sound server answers', async () => {
    const audio = new CollectedAudio();
    const env = { ...mic.env, PULSE_SERVER: 'unix:/nonexistent/native' };
    openRecorder({ clock, env, platform: PLATFORM }).start(audio);
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(/^No sound server answers \(parec /),
    });
  });
});
