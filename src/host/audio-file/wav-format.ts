import { unreadableAudio } from './unreadable-audio.ts';
import type { SampleFormat } from './wav-samples.ts';

/** What the `fmt ` chunk of a WAV file says. */
export interface WavFormat {
  readonly sample: SampleFormat;
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** The longest `fmt ` chunk there is: WAVE_FORMAT_EXTENSIBLE. */
export const FORMAT_CHUNK_BYTES = 40;

const EXTENSIBLE = 0xfffe;
const MOST_CHANNELS = 256;
const FASTEST_RATE_HZ = 768_000;

/** `name` is the file's, for people. @throws DictationError `audio-unreadable` */
export function decodeWavFormat(chunk: Uint8Array, name: string): WavFormat {
  if (chunk.length < 16) throw unreadableAudio(name, 'does not say how its audio is stored');
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  // The first two bytes of an extensible file's GUID are the codec's number.
  const codec = tag === EXTENSIBLE && chunk.length >= 26 ? view.getUint16(24, true) : tag;

  if (channels < 1 || channels > MOST_CHANNELS) {
    throw unreadableAudio(name, `claims to have ${channels} channels`);
  }
  if (sampleRateHz < 1 || sampleRateHz > FASTEST_RATE_HZ) {
    throw unreadableAudio(name, `claims a sample rate of ${sampleRateHz} Hz`);
  }
  // 20-bit samples fill 3 bytes, and 24-bit ones sometimes 4: the frame's size tells.
  const filled = frameBytes % channels === 0 ? frameBytes / channels : 0;
  const sample = sampleFormat(codec, Math.max(filled, Math.ceil(bits / 8)));
  if (sample === undefined) {
    const how = `codec ${codec}, ${bits} bits`;
    throw unreadableAudio(name, `stores its audio in a way that cannot be read here (${how})`);
  }
  return { sample, channels, sampleRateHz };
}

/** Codec numbers of Microsoft's mmreg.h: 1 PCM, 3 IEEE float, 6 A-law, 7 mu-law. */
function sampleFormat(codec: number, bytes: number): SampleFormat | undefined {
  switch (`${codec}/${bytes}`) {
    case '1/1':
      return 'unsigned-8';
    case '1/2':
      return 'signed-16';
    case '1/3':
      return 'signed-24';
    case '1/4':
      return 'signed-32';
    case '3/4':
      return 'float-32';
    case '3/8':
      return 'float-64';
    case '6/1':
      return 'a-law';
    case '7/1':
      return 'mu-law';
    default:
      return undefined;
  }
}
