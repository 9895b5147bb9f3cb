import { DictationError } from '../../core/index.ts';
import { audioKind, HEAD_BYTES } from './audio-kind.ts';
import { monoWeights } from './channel-mix.ts';
import { bytesPerSample, type SampleFormat } from './wav-samples.ts';

/** A file that can be read at any place; a short answer means the file's end. */
export interface AudioInput {
  /** For people: the beginning of a sentence. */
  readonly name: string;
  /** What to type to make a WAV file of it that can be read. */
  readonly convert: string;
  readonly bytes: number;
  read(place: number, length: number): Promise<Uint8Array>;
}

/** What the `fmt ` chunk of a WAV file says. */
interface WavFormat {
  readonly sample: SampleFormat;
  /** How much of each channel goes into the mono sound. */
  readonly weights: readonly number[];
  readonly sampleRateHz: number;
}

/** How the samples of a WAV file lie in it. */
export interface WavLayout {
  readonly format: WavFormat;
  readonly frameBytes: number;
  /** Place of the first sample. */
  readonly start: number;
  /** Place after the last whole sample frame that is really there. */
  readonly end: number;
}

/** The longest `fmt ` chunk there is: WAVE_FORMAT_EXTENSIBLE. */
const FORMAT_CHUNK_BYTES = 40;

const EXTENSIBLE = 0xfffe;
const MOST_CHANNELS = 256;
const FASTEST_RATE_HZ = 768_000;
const UNKNOWN_SIZE = 0xffffffff;
/** Real files have under twenty; a damaged one may look like millions of empty ones. */
const MOST_CHUNKS = 1_000;

/** Finds the samples in a RIFF, RF64 or BW64 file. @throws DictationError `audio-unreadable` */
export async function readWavLayout(input: AudioInput): Promise<WavLayout> {
  const head = await input.read(0, HEAD_BYTES);
  if (head.length === 0) throw unreadableAudio(input, 'is empty', 'record it again');
  if (audioKind(head).kind !== 'wav') throw unreadableAudio(input, 'is not a WAV file');

  let format: WavFormat | undefined;
  let longDataBytes = UNKNOWN_SIZE;
  let place = 12;
  for (let chunks = 0; chunks < MOST_CHUNKS; chunks += 1) {
    const header = await input.read(place, 8);
    if (header.length < 8) break;
    const id = textOf(header.subarray(0, 4));
    const bytes = uint32At(header, 4);
    if (id === 'fmt ') {
      const chunk = await input.read(place + 8, Math.min(bytes, FORMAT_CHUNK_BYTES));
      format = decodeWavFormat(chunk, input);
    } else if (id === 'ds64') {
      // RF64 (EBU Tech 3306): the true size of the data chunk follows that of the whole.
      const sizes = await input.read(place + 8, 16);
      if (sizes.length === 16) longDataBytes = uint32At(sizes, 8) + uint32At(sizes, 12) * 2 ** 32;
    } else if (id === 'data') {
      if (!format) throw unreadableAudio(input, 'does not say how its audio is stored');
      const claimedBytes = bytes === UNKNOWN_SIZE ? longDataBytes : bytes;
      // A program that writes to a pipe cannot go back and fill in the sizes: then 0 and the
      // largest number both mean "to the end". In a file that knows its own size, 0 means 0.
      const isStreamed =
        claimedBytes === UNKNOWN_SIZE ||
        (claimedBytes === 0 && uint32At(head, 4) + 8 !== input.bytes);
      const dataBytes = isStreamed ? Number.POSITIVE_INFINITY : claimedBytes;
      return layOut(input, { format, start: place + 8, dataBytes });
    }
    // A chunk of odd length is followed by one byte that belongs to none.
    place += 8 + bytes + (bytes % 2);
  }
  throw unreadableAudio(input, 'has no audio data in it');
}

interface DataChunk {
  readonly format: WavFormat;
  readonly start: number;
  readonly dataBytes: number;
}

function layOut(input: AudioInput, { format, start, dataBytes }: DataChunk): WavLayout {
  const frameBytes = bytesPerSample(format.sample) * format.weights.length;
  // A recording that was cut off claims more than there is.
  const frames = Math.floor(Math.min(dataBytes, input.bytes - start) / frameBytes);
  if (frames < 1) throw unreadableAudio(input, 'has no sound in it', 'record it again');
  return { format, frameBytes, start, end: start + frames * frameBytes };
}

/** @throws DictationError `audio-unreadable` */
function decodeWavFormat(chunk: Uint8Array, input: AudioInput): WavFormat {
  if (chunk.length < 16) throw unreadableAudio(input, 'does not say how its audio is stored');
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  // The first two bytes of an extensible file's GUID are the codec's number.
  const codec = tag === EXTENSIBLE && chunk.length >= 26 ? view.getUint16(24, true) : tag;

  if (channels < 1 || channels > MOST_CHANNELS) {
    throw unreadableAudio(input, `claims to have ${channels} channels`);
  }
  if (sampleRateHz < 1 || sampleRateHz > FASTEST_RATE_HZ) {
    throw unreadableAudio(input, `claims a sample rate of ${sampleRateHz} Hz`);
  }
  // 20-bit samples fill 3 bytes, and 24-bit ones sometimes 4: the frame's size tells.
  const filled = frameBytes % channels === 0 ? frameBytes / channels : 0;
  const sample = sampleFormat(codec, Math.max(filled, Math.ceil(bits / 8)));
  if (sample === undefined) {
    const how = `codec ${codec}, ${bits} bits`;
    throw unreadableAudio(input, `stores its audio in a way that cannot be read here (${how})`);
  }
  const mask = tag === EXTENSIBLE && chunk.length >= 24 ? view.getUint32(20, true) : undefined;
  return { sample, weights: monoWeights(channels, mask), sampleRateHz };
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

/** `fault` continues the name of what is read: "is an MP3 file". */
export function unreadableAudio(
  { name, convert }: Pick<AudioInput, 'name' | 'convert'>,
  fault: string,
  advice = `convert it, for example with: ${convert}`,
): DictationError {
  return new DictationError('audio-unreadable', `${name} ${fault}; ${advice}`);
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function uint32At(bytes: Uint8Array, place: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(place, true);
}
