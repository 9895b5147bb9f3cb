import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { SAMPLE_RATE_HZ } from '../../../src/core/ports.ts';
import { lacks } from '../system-packages.ts';
import { type ServerName, type SoundServer, startSoundServer } from './sound-servers.ts';

/** A microphone of its own, on a sound server of its own, that hears exactly what is played. */
export interface VirtualMic extends SoundServer {
  /** Speaks 16 kHz mono PCM16 into it at real time; resolves when the last sample is spoken. */
  play(pcm: Uint8Array): Promise<void>;
  unplug(): Promise<void>;
}

/** Whether its tests must be left out here. */
export const LACKS_VIRTUAL_MIC =
  lacks('pulseaudio', 'pulseaudio') || lacks('parec', 'pulseaudio-utils');

const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1_000;
const TICK_MS = 10;
const DEFAULT_LIMIT_MS = 10_000;
/** PipeWire leaves a hole where its pipe is empty for a moment, so it is never quite empty. */
const CUSHION_MS = 120;
/** The quiet between two plays is that of a room: no microphone gives zeros. */
const ROOM_AMPLITUDE = 4;

export async function startVirtualMic(name: ServerName = 'pulseaudio'): Promise<VirtualMic> {
  const server = await startSoundServer(name);
  const fifo = join(server.folder, 'fifo');
  let module = '';
  try {
    const format = ['format=s16le', `rate=${SAMPLE_RATE_HZ}`, 'channels=1'];
    const details = 'source_properties=device.description=Desk-Microphone';
    const names = ['source_name=mic', `file=${fifo}`];
    module = await server.pactl('load-module', 'module-pipe-source', ...names, ...format, details);
    await makeDefault(server);
    if (name === 'pipewire') await keepAwake(server);
  } catch (error) {
    await server.close();
    throw error;
  }
  const speaker = startSpeaker(fifo, name === 'pipewire' ? CUSHION_MS : 0);
  let isOpen = true;
  return {
    ...server,
    play: (pcm) => speaker.play(pcm),
    async unplug() {
      await server.pactl('unload-module', module.trim());
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      speaker.stop();
      await server.close();
    },
  };
}

/** PipeWire takes its time to know the new source, and to believe it. */
async function makeDefault({ pactl }: SoundServer): Promise<void> {
  const deadlineMs = performance.now() + DEFAULT_LIMIT_MS;
  for (;;) {
    const current = await pactl('set-default-source', 'mic')
      .then(() => pactl('get-default-source'))
      .catch(String);
    if (current.trim() === 'mic') return;
    if (performance.now() > deadlineMs) throw new Error(`The microphone stays ${current}`);
    await after(50);
  }
}

/** Nobody empties the pipe of a source that PipeWire has put to sleep, and old sound stays in it. */
async function keepAwake({ env }: SoundServer): Promise<void> {
  const args = ['--raw', '--device=mic', '--latency-msec=20'];
  const listener = spawn('parec', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(listener.stdout, 'data');
  // It ends with the server.
  listener.stdout.resume();
}

/** Writes to the pipe at real time, speech where there is some and room noise elsewhere. */
function startSpeaker(fifo: string, cushionMs: number) {
  // The write must not wait: with no recorder listening nobody empties the pipe.
  const file = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  const queue: { rest: Uint8Array; readonly done: () => void }[] = [];
  const startedMs = performance.now();
  let spokenBytes = 0;

  const speak = (pcm: Uint8Array) => {
    try {
      writeSync(file, pcm);
    } catch (error) {
      // Nobody listens, or the microphone was unplugged: what is said now is not heard.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'EAGAIN' && code !== 'EPIPE') throw error;
    }
  };
  const timer = setInterval(() => {
    let due = Math.floor((performance.now() - startedMs) * (BYTES_PER_MS / 2)) * 2 - spokenBytes;
    for (let next = queue[0]; next && due > 0; next = queue[0]) {
      const piece = next.rest.subarray(0, due);
      next.rest = next.rest.subarray(piece.length);
      due -= piece.length;
      spokenBytes += piece.length;
      speak(piece);
      if (next.rest.length > 0) return;
      queue.shift();
      next.done();
    }
    if (due <= 0) return;
    spokenBytes += due;
    speak(roomNoise(due));
  }, TICK_MS);

  return {
    play: (pcm: Uint8Array) =>
      new Promise<void>((done) => {
        forgetBacklog(reader);
        speak(roomNoise(cushionMs * BYTES_PER_MS));
        queue.push({ rest: pcm, done: () => setTimeout(done, cushionMs) });
      }),
    stop() {
      clearInterval(timer);
      closeSync(file);
      closeSync(reader);
    },
  };
}

/** What the server did not take in time would stay in the pipe, and all that follows come late. */
function forgetBacklog(reader: number): void {
  const bytes = new Uint8Array(64 * 1024);
  try {
    while (readSync(reader, bytes) > 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
  }
}

function roomNoise(bytes: number): Uint8Array {
  const noise = Int16Array.from({ length: bytes / 2 }, () =>
    Math.round((Math.random() - 0.5) * 2 * ROOM_AMPLITUDE),
  );
  return new Uint8Array(noise.buffer);
}
