import type { SampleFormat } from '../../../src/host/audio-file/wav-samples.ts';

/** What a WAV file is built from; everything but the samples has a default. */
export interface WavParts {
  /** One channel from -1 to 1; every channel of the file gets it. */
  readonly samples: Float32Array;
  readonly format?: SampleFormat;
  readonly channels?: number;
  readonly sampleRateHz?: number;
  readonly container?: 'RIFF' | 'RF64';
  readonly isExtensible?: boolean;
  /** Whole chunks, as `chunk` makes them. */
  readonly beforeFormat?: readonly Uint8Array[];
  readonly afterData?: readonly Uint8Array[];
  /** Sizes the header claims, where they are to differ from the true ones. */
  readonly claimedRiffBytes?: number;
  readonly claimedDataBytes?: number;
  /** Codec number of the `fmt ` chunk, where it is to differ from the format's. */
  readonly codec?: number;
}

const LAYOUTS: Readonly<Record<SampleFormat, { readonly codec: number; readonly bytes: number }>> =
  {
    'unsigned-8': { codec: 1, bytes: 1 },
    'signed-16': { codec: 1, bytes: 2 },
    'signed-24': { codec: 1, bytes: 3 },
    'signed-32': { codec: 1, bytes: 4 },
    'float-32': { codec: 3, bytes: 4 },
    'float-64': { codec: 3, bytes: 8 },
    'a-law': { codec: 6, bytes: 1 },
    'mu-law': { codec: 7, bytes: 1 },
  };
const EXTENSIBLE = 0xfffe;
const GUID_TAIL = Buffer.from('000000001000800000aa00389b71', 'hex');

export function buildWav(parts: WavParts): Buffer {
  const { format = 'signed-16', channels = 1, sampleRateHz = 16_000, container = 'RIFF' } = parts;
  const { bytes } = LAYOUTS[format];
  const codec = parts.codec ?? LAYOUTS[format].codec;

  const layout = Buffer.alloc(parts.isExtensible ? 40 : 16);
  layout.writeUInt16LE(parts.isExtensible ? EXTENSIBLE : codec, 0);
  layout.writeUInt16LE(channels, 2);
  layout.writeUInt32LE(sampleRateHz, 4);
  layout.writeUInt32LE(sampleRateHz * channels * bytes, 8);
  layout.writeUInt16LE((channels * bytes) & 0xffff, 12);
  layout.writeUInt16LE(bytes * 8, 14);
  if (parts.isExtensible) {
    layout.writeUInt16LE(22, 16);
    layout.writeUInt16LE(bytes * 8, 18);
    layout.writeUInt16LE(codec, 24);
    GUID_TAIL.copy(layout, 26);
  }

  const data = chunk('data', encode(parts.samples, { format, channels }));
  const dataBytes = data.readUInt32LE(4);
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(BigInt(dataBytes), 8);
  if (container === 'RF64') data.writeUInt32LE(0xffffffff, 4);
  if (parts.claimedDataBytes !== undefined) data.writeUInt32LE(parts.claimedDataBytes, 4);

  const body = Buffer.concat([
    ...(container === 'RF64' ? [chunk('ds64', ds64)] : []),
    ...(parts.beforeFormat ?? []),
    chunk('fmt ', layout),
    data,
    ...(parts.afterData ?? []),
  ]);
  const head = Buffer.from(`${container}\0\0\0\0WAVE`, 'latin1');
  const riffBytes = container === 'RF64' ? 0xffffffff : body.length + 4;
  head.writeUInt32LE(parts.claimedRiffBytes ?? riffBytes, 4);
  return Buffer.concat([head, body]);
}

/** A chunk with its header, and the filler byte that an odd length needs. */
export function chunk(id: string, content: Uint8Array): Buffer {
  const header = Buffer.from(`${id}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length % 2)]);
}

export interface Tone {
  readonly frequencyHz: number;
  readonly sampleRateHz: number;
  readonly seconds: number;
  readonly amplitude?: number;
}

export function tone({ frequencyHz, sampleRateHz, seconds, amplitude = 0.5 }: Tone): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRateHz) },
    (_, index) => amplitude * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRateHz),
  );
}

interface Interleaving {
  readonly format: SampleFormat;
  readonly channels: number;
}

function encode(samples: Float32Array, { format, channels }: Interleaving): Buffer {
  const { bytes } = LAYOUTS[format];
  const output = Buffer.alloc(samples.length * channels * bytes);
  let place = 0;
  for (const sample of samples) {
    for (let channel = 0; channel < channels; channel += 1) {
      writeSample(output, { format, place, sample });
      place += bytes;
    }
  }
  return output;
}

interface StoredSample {
  readonly format: SampleFormat;
  readonly place: number;
  readonly sample: number;
}

function writeSample(output: Buffer, { format, place, sample }: StoredSample): void {
  const whole = (bits: number) =>
    Math.min(
      Math.max(Math.round(sample * 2 ** (bits - 1)), -(2 ** (bits - 1))),
      2 ** (bits - 1) - 1,
    );
  if (format === 'unsigned-8') output.writeUInt8(whole(8) + 128, place);
  else if (format === 'signed-16') output.writeInt16LE(whole(16), place);
  else if (format === 'signed-24') output.writeIntLE(whole(24), place, 3);
  else if (format === 'signed-32') output.writeInt32LE(whole(32), place);
  else if (format === 'float-32') output.writeFloatLE(sample, place);
  else if (format === 'float-64') output.writeDoubleLE(sample, place);
  else throw new Error(`no writer for ${format}; let sox make the file`);
}
