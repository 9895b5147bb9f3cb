import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type AudioSource,
  type Clock,
  DictationError,
  encodePcm16,
  Resampler,
  SAMPLE_RATE_HZ,
} from '../../core/index.ts';
import { startPacedAudio } from './stored-audio.ts';
import { readWavLayout, unreadableAudio, type WavInput, type WavLayout } from './wav-layout.ts';
import { decodeToMono } from './wav-samples.ts';

const MOST_BLOCK_BYTES = 256 * 1024;

/**
 * A WAV file, checked now and played at real time once started. It is read piece by piece, so its
 * length does not matter.
 * @throws DictationError `audio-missing`, `audio-unreadable`
 */
export async function openWavFile(path: string, clock: Clock): Promise<AudioSource> {
  const name = basename(path);
  const layout = await withFile(path, (input) => readWavLayout(input));
  return {
    kind: 'stored',
    name,
    start: (listener) => startPacedAudio({ clock, listener, pcm: readFilePcm(path, layout) }),
  };
}

async function* readFilePcm(path: string, layout: WavLayout) {
  const file = await openFile(path);
  try {
    yield* readWavPcm(inputOf(file, { path, bytes: layout.end }), layout);
  } finally {
    await file.close();
  }
}

/** The samples of a WAV file as 16 kHz mono PCM16, in blocks of at most some hundred ms. */
async function* readWavPcm(
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

async function withFile<T>(path: string, use: (input: WavInput) => Promise<T>): Promise<T> {
  const file = await openFile(path);
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw unreadableAudio(basename(path), 'is a folder', NAME_A_FILE);
    // A pipe or a device has no length and cannot be read twice.
    if (!stat.isFile()) throw unreadableAudio(basename(path), 'is not a regular file', NAME_A_FILE);
    return await use(inputOf(file, { path, bytes: stat.size }));
  } finally {
    await file.close();
  }
}

const NAME_A_FILE = 'name a WAV file, or pipe raw PCM to standard input';

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw openingError(path, cause);
  }
}

function openingError(path: string, cause: unknown): DictationError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no file ${path}; check its name and folder`;
    return new DictationError('audio-missing', message, { cause });
  }
  if (code === 'EISDIR') return unreadableAudio(basename(path), 'is a folder', NAME_A_FILE);
  const message = `${path} cannot be opened (${String(code)}); check who may read it`;
  return new DictationError('audio-unreadable', message, { cause });
}

function inputOf(
  file: FileHandle,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): WavInput {
  const name = basename(path);
  return {
    name,
    bytes,
    async read(place, length) {
      const buffer = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file
          .read(buffer, filled, length - filled, place + filled)
          .catch((cause: unknown) => {
            const message = `${name} could not be read to its end; check the disk it is on`;
            throw new DictationError('audio-unreadable', message, { cause });
          });
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
  };
}
