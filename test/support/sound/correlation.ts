import { decodePcm16, encodePcm16 } from '../../../src/sound/index.ts';
import { tone } from './wav.ts';

/** The pitch rises, so that a copy matches at one place only. */
export function sweep(seconds: number): Uint8Array {
  const samples = tone({ frequencyHz: 1, sampleRateHz: 16_000, seconds }).map((_, index) => {
    const time = index / 16_000;
    return 0.4 * Math.sin(2 * Math.PI * (300 * time + 400 * time * time));
  });
  return encodePcm16(samples);
}

/** Samples compared of each four: the sweep is far below an eighth of the rate. */
const STRIDE = 4;

/** The best normalised correlation of `played`, whole, with any stretch of `captured`. */
export function bestCorrelation(captured: Uint8Array, played: Uint8Array): number {
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
