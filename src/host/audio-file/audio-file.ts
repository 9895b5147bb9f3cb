import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import process from 'node:process';
import { type AudioSource, type Clock, DictationError, SAMPLE_RATE_HZ } from '../../core/index.ts';
import type { ProgramSearch } from '../programs/find-program.ts';
import { audioKind, MPEG_HEAD_BYTES } from './audio-kind.ts';
import { openAudioStream } from './audio-stream.ts';
import { convertWithFfmpeg, findFfmpeg } from './ffmpeg-conversion.ts';
import { type Pace, startStoredAudio } from './stored-audio.ts';
import { type AudioInput, readWavLayout, unreadableAudio, type WavLayout } from './wav-layout.ts';
import { readWavPcm } from './wav-pcm.ts';

export interface AudioFileOptions extends Partial<ProgramSearch> {
  readonly clock: Clock;
  /** Absent is real time, at which a service is sent audio. */
  readonly pace?: Pace;
}

/**
 * A WAV file, checked now; what ffmpeg has to read; or a pipe that has a name. It is read piece by
 * piece, so its length does not matter.
 * @throws DictationError `audio-missing`, `audio-unreadable`
 */
export async function openAudioFile(path: string, options: AudioFileOptions): Promise<AudioSource> {
  const { clock, pace = 'real-time', env = process.env, platform = process.platform } = options;
  const name = basename(path);
  const found = await stat(path).catch((cause: unknown) => {
    throw openingError(path, cause);
  });
  if (found.isFIFO()) {
    // To open it would wait for whoever writes to it, so that is left to the start.
    return openPipe(path, { clock, env, platform });
  }
  if (!found.isFile()) {
    const fault = found.isDirectory() ? 'is a folder' : 'is not a regular file';
    throw unreadableAudio({ name, convert: '' }, fault, 'name an audio file');
  }
  const play = (pcm: () => AsyncGenerator<Uint8Array, void, undefined>): AudioSource => ({
    kind: 'stored',
    name,
    start: (listener) => startStoredAudio({ clock, listener, pace, pcm: pcm() }),
  });
  const content = await withFile(path, async (file) => {
    const kind = audioKind(await file.read(0, MPEG_HEAD_BYTES));
    if (kind.kind !== 'other') return readWavLayout(file);
    return { input: { name: file.name, convert: file.convert }, kind, from: path };
  });
  if ('format' in content) {
    return { ...play(() => readFilePcm(path, content)), durationMs: durationOf(content) };
  }
  await findFfmpeg(content, { env, platform });
  return play(() => convertWithFfmpeg(content, { env, platform }));
}

function openPipe(path: string, options: Parameters<typeof openAudioStream>[1]): AudioSource {
  const name = path;
  return {
    kind: 'piped',
    name,
    start: (listener) =>
      openAudioStream(createReadStream(path), { ...options, name }).start(listener),
  };
}

function durationOf({ format, frameBytes, start, end }: WavLayout): number {
  return ((end - start) / frameBytes / format.sampleRateHz) * 1_000;
}

async function* readFilePcm(path: string, layout: WavLayout) {
  const file = await openFile(path);
  try {
    yield* readWavPcm(inputOf(file, { path, bytes: layout.end }), layout);
  } finally {
    await file.close();
  }
}

async function withFile<T>(path: string, use: (input: AudioInput) => Promise<T>): Promise<T> {
  const file = await openFile(path);
  try {
    return await use(inputOf(file, { path, bytes: (await file.stat()).size }));
  } finally {
    await file.close();
  }
}

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
  const message = `${path} cannot be opened (${String(code)}); check who may read it`;
  return new DictationError('audio-unreadable', message, { cause });
}

function inputOf(
  file: FileHandle,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): AudioInput {
  const name = basename(path);
  return {
    name,
    convert: convertLine(path),
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

/** To be pasted into a shell, whatever the file is called. */
function convertLine(path: string): string {
  const quote = (text: string) =>
    /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  const target = `${path.replace(/\.[^./\\]*$/, '')}-${SAMPLE_RATE_HZ / 1_000}k.wav`;
  return `ffmpeg -i ${quote(path)} -ar ${SAMPLE_RATE_HZ} -ac 1 ${quote(target)}`;
}
