import { SAMPLE_RATE_HZ } from '../../core/index.ts';
import { encodePcm16, Resampler } from '../../sound/index.ts';
import type { AudioInput, WavLayout } from './wav-layout.ts';
import { decodeToMono } from './wav-samples.ts';

const MOST_BLOCK_BYTES = 256 * 1024;
const BLOCKS_A_SECOND = 20;

/** The samples of a WAV file as 16 kHz mono PCM16, in blocks of about 50 ms. */
export async function* readWavPcm(
  input: AudioInput,
  layout: WavLayout,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { format, frameBytes } = layout;
  const { sample, weights, sampleRateHz } = format;
  const isAsDelivered =
    sample === 'signed-16' && weights.length === 1 && sampleRateHz === SAMPLE_RATE_HZ;
  const resampler =
    sampleRateHz === SAMPLE_RATE_HZ
      ? undefined
      : new Resampler({ fromRateHz: sampleRateHz, toRateHz: SAMPLE_RATE_HZ });

  const blockFrames = Math.min(sampleRateHz / BLOCKS_A_SECOND, MOST_BLOCK_BYTES / frameBytes);
  const blockBytes = Math.max(1, Math.floor(blockFrames)) * frameBytes;
  for (let place = layout.start; place < layout.end; place += blockBytes) {
    const block = await input.read(place, Math.min(blockBytes, layout.end - place));
    // A file may have become shorter since it was checked, and a stream ends where it ends.
    const whole = block.subarray(0, block.length - (block.length % frameBytes));
    if (whole.length === 0) break;
    if (isAsDelivered) {
      yield whole;
      continue;
    }
    const mono = decodeToMono(whole, { format: sample, weights });
    yield encodePcm16(resampler ? resampler.push(mono) : mono);
  }
  if (resampler) yield encodePcm16(resampler.flush());
}
