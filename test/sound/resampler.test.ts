import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Resampler } from '../../src/sound/resampler.ts';
import { tone } from '../support/sound/wav.ts';

const TO_RATE_HZ = 16_000;
const COMMON_RATES_HZ = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 384_000];

function resample(samples: Float32Array, fromRateHz: number, pieces = [samples.length]) {
  const resampler = new Resampler({ fromRateHz, toRateHz: TO_RATE_HZ });
  const output: number[] = [];
  let place = 0;
  for (const length of pieces) {
    output.push(...resampler.push(samples.subarray(place, place + length)));
    place += length;
  }
  output.push(...resampler.push(samples.subarray(place)), ...resampler.flush());
  return Float32Array.from(output);
}

/** Level in dB of the middle half, where the ends of the tone are out of the kernel's reach. */
function levelDb(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  const power = middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length;
  return 10 * Math.log10(power);
}

const rate = fc.integer({ min: 1_000, max: 200_000 });
const signal = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 400 })
  .map((samples) => Float32Array.from(samples));

describe('Resampler', () => {
  test('gives ceil(N * to / from) samples for any rate and length', () => {
    fc.assert(
      fc.property(rate, signal, (fromRateHz, samples) => {
        const expected = Math.ceil((samples.length * TO_RATE_HZ) / fromRateHz);
        expect(resample(samples, fromRateHz)).toHaveLength(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('gives the same samples however the input is cut', () => {
    fc.assert(
      fc.property(rate, signal, fc.array(fc.nat(60)), (fromRateHz, samples, pieces) => {
        expect(resample(samples, fromRateHz, pieces)).toEqual(resample(samples, fromRateHz));
      }),
      { numRuns: 50 },
    );
  });

  test('is linear: half the input is half the output', () => {
    fc.assert(
      fc.property(rate, signal, (fromRateHz, samples) => {
        const half = resample(
          samples.map((sample) => sample / 2),
          fromRateHz,
        );
        const whole = resample(samples, fromRateHz);
        for (const [index, sample] of half.entries()) {
          expect(sample * 2).toBeCloseTo(whole[index] ?? Number.NaN, 5);
        }
      }),
      { numRuns: 30 },
    );
  });

  test.each(COMMON_RATES_HZ)(
    'keeps the level of speech within 0.1 dB from %i Hz',
    (sampleRateHz) => {
      const highestHz = Math.min(TO_RATE_HZ, sampleRateHz) * 0.44;
      for (const frequencyHz of [100, 1_000, highestHz]) {
        const input = tone({ frequencyHz, sampleRateHz, seconds: 0.2 });
        const gainDb = levelDb(resample(input, sampleRateHz)) - levelDb(input);
        expect(Math.abs(gainDb)).toBeLessThan(0.1);
      }
    },
  );

  test.each([22_050, 44_100, 48_000, 96_000])(
    'suppresses what 16 kHz cannot hold by 60 dB and more from %i Hz',
    (sampleRateHz) => {
      for (const frequencyHz of [8_010, 9_000, sampleRateHz / 2 - 500]) {
        const input = tone({ frequencyHz, sampleRateHz, seconds: 0.2 });
        const gainDb = levelDb(resample(input, sampleRateHz)) - levelDb(input);
        expect(gainDb).toBeLessThan(-60);
      }
    },
  );

  test('puts no image above the band of a slower input', () => {
    const input = tone({ frequencyHz: 3_000, sampleRateHz: 8_000, seconds: 0.2 });
    const expected = tone({ frequencyHz: 3_000, sampleRateHz: TO_RATE_HZ, seconds: 0.2 });
    const error = resample(input, 8_000).map((sample, index) => sample - (expected[index] ?? 0));
    expect(levelDb(error)).toBeLessThan(levelDb(input) - 60);
  });

  test('keeps sample k at k / 16000 s after a minute of an odd rate', () => {
    const sampleRateHz = 44_101;
    const input = tone({ frequencyHz: 440, sampleRateHz, seconds: 60 });
    const resampler = new Resampler({ fromRateHz: sampleRateHz, toRateHz: TO_RATE_HZ });
    const output = resampler.push(input);
    const last = output.length - 1;
    const expected = 0.5 * Math.sin((2 * Math.PI * 440 * last) / TO_RATE_HZ);
    expect(output[last]).toBeCloseTo(expected, 3);
  });
});
