import process from 'node:process';
import type { Readable } from 'node:stream';
import { type AudioSource, type Clock, DictationError, SAMPLE_RATE_HZ } from '../../core/index.ts';
import { decodePcm16, encodePcm16, Resampler } from '../../sound/index.ts';
import type { ProgramSearch } from '../programs/find-program.ts';
import { audioKind, HEAD_BYTES, MPEG_HEAD_BYTES, mayBeMpeg } from './audio-kind.ts';
import { convertWithFfmpeg } from './ffmpeg-conversion.ts';
import { startStoredAudio } from './stored-audio.ts';
import { StreamInput } from './stream-input.ts';
import { readWavLayout } from './wav-layout.ts';
import { readWavPcm } from './wav-pcm.ts';

/** A rate below it is a slip, such as kilohertz for hertz. */
const SLOWEST_RATE_HZ = 1_000;
const FASTEST_RATE_HZ = 384_000;
const SAMPLE_BYTES = 2;

export interface AudioStreamOptions extends Partial<ProgramSearch> {
  readonly clock: Clock;
  /** Of samples without a head; a WAV file says its own. */
  readonly sampleRateHz?: number;
  /** For people; absent is standard input. */
  readonly name?: string;
}

/**
 * Audio from a pipe, as fast as it comes: a recorder has its own pace already. By its first bytes it
 * is a WAV file, something for ffmpeg, or else PCM signed 16-bit little-endian mono.
 * @throws DictationError `invalid-option`
 */
export function openAudioStream(stream: Readable, options: AudioStreamOptions): AudioSource {
  const { clock, sampleRateHz = SAMPLE_RATE_HZ, name } = options;
  const isWithin = sampleRateHz >= SLOWEST_RATE_HZ && sampleRateHz <= FASTEST_RATE_HZ;
  if (!Number.isInteger(sampleRateHz) || !isWithin) {
    const message = `rate takes whole Hz from ${SLOWEST_RATE_HZ} to ${FASTEST_RATE_HZ}`;
    throw new DictationError('invalid-option', message);
  }
  const { env = process.env, platform = process.platform } = options;
  const input = () => new StreamInput(name ?? 'Standard input', stream);
  return {
    kind: 'piped',
    name: name ?? 'standard input',
    start(listener) {
      // An error that comes when nobody reads any more has no listener that would want it.
      stream.on('error', () => {});
      return startStoredAudio({
        ...{ clock, listener, pace: 'as-taken' },
        pcm: readStream(input, { sampleRateHz, env, platform }),
        // A destroyed stream lets the program end although the pipe is still open.
        close: () => stream.destroy(),
      });
    },
  };
}

interface Reading extends ProgramSearch {
  readonly sampleRateHz: number;
}

async function* readStream(open: () => StreamInput, { sampleRateHz, ...search }: Reading) {
  const input = open();
  let head = await input.read(0, HEAD_BYTES);
  if (mayBeMpeg(head)) head = await input.read(0, MPEG_HEAD_BYTES);
  const kind = audioKind(head);
  switch (kind.kind) {
    case 'wav':
      return yield* readWavPcm(input, await readWavLayout(input));
    case 'other':
      return yield* convertWithFfmpeg({ input, kind, from: input.rest() }, search);
    default:
      if (head.length >= SAMPLE_BYTES) return yield* readRawPcm(input.rest(), sampleRateHz);
  }
  const message = `No audio came on ${input.name.replace('Standard', 'standard')}; check the program that writes to it`;
  throw new DictationError('audio-unreadable', message);
}

async function* readRawPcm(chunks: AsyncIterable<Uint8Array>, fromRateHz: number) {
  if (fromRateHz === SAMPLE_RATE_HZ) return yield* chunks;
  const resampler = new Resampler({ fromRateHz, toRateHz: SAMPLE_RATE_HZ });
  let odd: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const joined = odd.length === 0 ? chunk : Buffer.concat([odd, chunk]);
    const whole = joined.length - (joined.length % SAMPLE_BYTES);
    odd = joined.subarray(whole);
    yield encodePcm16(resampler.push(decodePcm16(joined.subarray(0, whole))));
  }
  yield encodePcm16(resampler.flush());
}
