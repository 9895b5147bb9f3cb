import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SAMPLE_RATE_HZ } from '../../src/core/ports.ts';
import { lacks } from './system-packages.ts';

/** A microphone of its own, on a sound server of its own, that hears exactly what is played. */
export interface VirtualMic {
  /** The environment in which it is the default microphone. */
  readonly env: Readonly<Record<string, string>>;
  /** Speaks 16 kHz mono PCM16 into it at real time; resolves when the last sample is spoken. */
  play(pcm: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Whether its tests must be left out here. */
export const LACKS_VIRTUAL_MIC =
  lacks('pulseaudio', 'pulseaudio') || lacks('parec', 'pulseaudio-utils');

const run = promisify(execFile);
const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000;
const TICK_MS = 10;
const START_LIMIT_MS = 10_000;
/** The quiet between two plays is that of a room: no microphone gives zeros. */
const ROOM_AMPLITUDE = 4;

export async function startVirtualMic(): Promise<VirtualMic> {
  const folder = await mkdtemp(join(tmpdir(), 'lull-mic-'));
  const runtime = join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const fifo = join(folder, 'fifo');
  const script = join(folder, 'mic.pa');
  await writeFile(
    script,
    [
      '.fail',
      `load-module module-native-protocol-unix auth-anonymous=1 socket=${join(runtime, 'native')}`,
      `load-module module-pipe-source source_name=mic file=${fifo} format=s16le rate=${SAMPLE_RATE_HZ} channels=1`,
      'set-default-source mic',
      '',
    ].join('\n'),
  );
  const env = {
    ...process.env,
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    PULSE_RUNTIME_PATH: runtime,
    PULSE_STATE_PATH: join(folder, 'state'),
    PULSE_SERVER: `unix:${join(runtime, 'native')}`,
  };
  const options = ['-n', `--file=${script}`, '--daemonize=no', '--exit-idle-time=-1'];
  const server = spawn('pulseaudio', [...options, '--use-pid-file=no', '--log-level=error'], {
    env,
    stdio: 'ignore',
  });
  const close = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(env);
  } catch (error) {
    await close();
    throw error;
  }
  const speaker = startSpeaker(fifo);
  return {
    env,
    play: (pcm) => speaker.play(pcm),
    async close() {
      speaker.stop();
      await close();
    },
  };
}

async function ready(env: NodeJS.ProcessEnv): Promise<void> {
  const deadlineMs = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await run('pactl', ['info'], { env });
      return;
    } catch (cause) {
      if (performance.now() > deadlineMs) throw new Error('PulseAudio does not start', { cause });
    }
    await after(50);
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}

/** Writes to the pipe at real time, speech where there is some and room noise elsewhere. */
function startSpeaker(fifo: string) {
  // The write must not wait: with no recorder listening nobody empties the pipe.
  const file = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  const queue: { rest: Uint8Array; readonly done: () => void }[] = [];
  const startedMs = performance.now();
  let spokenBytes = 0;

  const speak = (pcm: Uint8Array) => {
    spokenBytes += pcm.length;
    try {
      writeSync(file, pcm);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  };
  const timer = setInterval(() => {
    let due = Math.floor((performance.now() - startedMs) * (BYTES_PER_MS / 2)) * 2 - spokenBytes;
    for (let next = queue[0]; next && due > 0; next = queue[0]) {
      const piece = next.rest.subarray(0, due);
      next.rest = next.rest.subarray(piece.length);
      due -= piece.length;
      speak(piece);
      if (next.rest.length > 0) return;
      queue.shift();
      next.done();
    }
    if (due > 0) speak(roomNoise(due));
  }, TICK_MS);

  return {
    play: (pcm: Uint8Array) =>
      new Promise<void>((done) => {
        queue.push({ rest: pcm, done });
      }),
    stop() {
      clearInterval(timer);
      closeSync(file);
    },
  };
}

function roomNoise(bytes: number): Uint8Array {
  const noise = Int16Array.from({ length: bytes / 2 }, () =>
    Math.round((Math.random() - 0.5) * 2 * ROOM_AMPLITUDE),
  );
  return new Uint8Array(noise.buffer);
}
