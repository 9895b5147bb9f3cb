import { encodePcm16, Resampler, SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { WavInput, WavLayout } from './wav-layout.ts';
import { decodeToMono } from './wav-samples.ts';

const MOST_BLOCK_BYTES = 256 * 1024;

/** The samples of a WAV file as 16 kHz mono PCM16, in blocks of at most some hundred ms. */
export async function* readWavPcm(
  input: WavInput,
  layout: WavLayout,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { format, frameBytes } = layout;
  const { sample, channels, sampleRateHz } = format;
  const isAsDelivered = sample === 'signed-16' && channels === 1 && sampleRateHz === SAMPLE_RATE_HZ;
  const resampler =
    sampleRateHz === SAMPLE_RATE_HZ
      ? undefined
      : new Resampler({ fromRateHz: sampleRateHz, toRateHz: SAMPLE_RATE_HZ });

  const blockFrames = Math.min(sampleRateHz / 10, MOST_BLOCK_BYTES / frameBytes);
  const blockBytes = Math.max(1, Math.floor(blockFrames)) * frameBytes;
  for (let place = layout.start; place < layout.end; place += blockBytes) {
    const block = await input.read(place, Math.min(blockBytes, layout.end - place));
    // The file may have become shorter since it was checked.
    if (block.length === 0) break;
    if (isAsDelivered) {
      yield block;
      continue;
    }
    const mono = decodeToMono(block, { format: sample, channels });
    yield encodePcm16(resampler ? resampler.push(mono) : mono);
  }
  if (resampler) yield encodePcm16(resampler.flush());
}
