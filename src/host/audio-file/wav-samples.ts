/** How one sample is stored; all little-endian. */
export type SampleFormat =
  | 'unsigned-8'
  | 'signed-16'
  | 'signed-24'
  | 'signed-32'
  | 'float-32'
  | 'float-64'
  | 'a-law'
  | 'mu-law';

interface SampleReader {
  readonly bytes: number;
  /** The sample at `place`, from -1 to 1. */
  read(view: DataView, place: number): number;
}

const READERS: Readonly<Record<SampleFormat, SampleReader>> = {
  'unsigned-8': { bytes: 1, read: (view, place) => (view.getUint8(place) - 128) / 128 },
  'signed-16': { bytes: 2, read: (view, place) => view.getInt16(place, true) / 2 ** 15 },
  'signed-24': {
    bytes: 3,
    read: (view, place) => (view.getUint8(place) + view.getInt16(place + 1, true) * 256) / 2 ** 23,
  },
  'signed-32': { bytes: 4, read: (view, place) => view.getInt32(place, true) / 2 ** 31 },
  'float-32': { bytes: 4, read: (view, place) => view.getFloat32(place, true) },
  'float-64': { bytes: 8, read: (view, place) => view.getFloat64(place, true) },
  'a-law': { bytes: 1, read: (view, place) => fromALaw(view.getUint8(place)) },
  'mu-law': { bytes: 1, read: (view, place) => fromMuLaw(view.getUint8(place)) },
};

export function bytesPerSample(format: SampleFormat): number {
  return READERS[format].bytes;
}

export interface Interleaved {
  readonly format: SampleFormat;
  /** How much of each channel goes into the mono sound. */
  readonly weights: readonly number[];
}

/** Whole sample frames as mono samples. */
export function decodeToMono(frames: Uint8Array, { format, weights }: Interleaved): Float32Array {
  const { bytes, read } = READERS[format];
  const view = new DataView(frames.buffer, frames.byteOffset, frames.byteLength);
  const mono = new Float32Array(Math.floor(frames.byteLength / (bytes * weights.length)));
  for (let frame = 0; frame < mono.length; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < weights.length; channel += 1) {
      const weight = weights[channel] ?? 0;
      sum += weight * read(view, (frame * weights.length + channel) * bytes);
    }
    mono[frame] = sum;
  }
  return mono;
}

/** ITU-T G.711, A-law: sign, three bits of exponent, four of mantissa, even bits inverted. */
function fromALaw(stored: number): number {
  const code = stored ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = ((code & 15) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1);
  return (code & 0x80 ? size : -size) / 2 ** 15;
}

/** ITU-T G.711, mu-law: the same parts with all bits inverted and a bias of 132. */
function fromMuLaw(stored: number): number {
  const code = ~stored & 0xff;
  const size = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132;
  return (code & 0x80 ? -size : size) / 2 ** 15;
}
