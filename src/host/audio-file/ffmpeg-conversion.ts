import { once } from 'node:events';
import { Readable } from 'node:stream';
import { DictationError } from '../../core/index.ts';
import { findProgram, type ProgramSearch } from '../programs/find-program.ts';
import { spawnGuarded } from '../programs/guarded-child.ts';
import type { AudioKind } from './audio-kind.ts';
import { type AudioInput, unreadableAudio } from './wav-layout.ts';

/** What cannot be read here, by its path or as a stream. */
export interface Conversion {
  readonly input: Pick<AudioInput, 'name' | 'convert'>;
  readonly kind: Extract<AudioKind, { kind: 'other' }>;
  readonly from: string | AsyncIterable<Uint8Array>;
}

/** Else ffmpeg listens to five seconds of a pipe before it gives any. */
const AT_ONCE = ['-probesize', '4096'];
const STDERR_CHARACTERS = 2_000;
const LONGEST_QUOTE = 120;

/**
 * The sound as 16 kHz mono PCM16, by the ffmpeg of this machine.
 * @throws DictationError `audio-unreadable` where there is none, or it cannot read the sound
 */
export async function* convertWithFfmpeg(
  { input, kind, from }: Conversion,
  search: ProgramSearch,
): AsyncGenerator<Uint8Array, void, undefined> {
  const path = await findFfmpeg({ input, kind }, search);
  const isFile = typeof from === 'string';
  const child = spawnGuarded({
    path,
    args: argumentsFor(
      kind.demuxer,
      isFile ? ['-i', `file:${from}`] : [...AT_ONCE, '-i', 'pipe:0'],
    ),
    ...search,
    // It ends with its input, and that ends with us.
    input: isFile ? 'none' : 'pipe',
  });
  const { stdin, stdout, stderr } = child.process;
  let complaint = '';
  stderr?.on('data', (text: Uint8Array) => {
    complaint = (complaint + String(text)).slice(-STDERR_CHARACTERS);
  });
  // Not `close`: Deno gives none while the guard's pipe is open.
  const exited = once(child.process, 'exit').catch(() => [undefined]);
  const complained = stderr === null ? undefined : once(stderr, 'end').catch(() => undefined);
  let broken: unknown;
  if (!isFile && stdin) {
    const source = Readable.from(from);
    source.on('error', (cause) => {
      broken = cause;
      stdin.end();
    });
    source.pipe(stdin);
  }
  let bytes = 0;
  try {
    // Deno fails on its own when a stream that somebody stops to read is destroyed.
    for await (const pcm of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
      bytes += pcm.length;
      yield pcm;
    }
    const [code] = await exited;
    await complained;
    if (broken !== undefined) throw broken;
    if (code === 0 && bytes > 0) return;
    throw unreadableAudio(input, `is ${kind.name} that ffmpeg cannot read${quoted(complaint)}`);
  } finally {
    child.signal('SIGKILL');
  }
}

/** Asked before anything is opened, so that a missing ffmpeg is told before a session is paid for. */
export async function findFfmpeg(
  { input, kind }: Pick<Conversion, 'input' | 'kind'>,
  search: ProgramSearch,
): Promise<string> {
  const path = await findProgram('ffmpeg', search);
  if (path !== undefined) return path;
  const message = `${input.name} is ${kind.name}, which takes ffmpeg to read; install it with: ${installLine(search.platform)}`;
  throw new DictationError('audio-unreadable', message);
}

/** The kind is named and nothing but files is opened: a list of addresses is not to be followed. */
function argumentsFor(demuxer: string, input: readonly string[]): readonly string[] {
  return [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin'],
    ...['-protocol_whitelist', 'file,pipe', '-f', demuxer, ...input],
    ...['-map', '0:a:0', '-f', 's16le', '-ar', '16000', '-ac', '1', '-flush_packets', '1', '-'],
  ];
}

function installLine(platform: string): string {
  if (platform === 'darwin') return 'brew install ffmpeg';
  return platform === 'win32' ? 'winget install ffmpeg' : 'sudo apt install ffmpeg';
}

function quoted(complaint: string): string {
  const line = complaint.trimEnd().split('\n').at(-1) ?? '';
  const text = line.replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST_QUOTE);
  return text === '' ? '' : ` (${text})`;
}
