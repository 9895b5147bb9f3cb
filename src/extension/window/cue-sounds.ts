import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE_HZ } from '../../core/index.ts';
import { childEnvironment, findProgram } from '../../host/index.ts';
import { encodePcm16 } from '../../sound/index.ts';

export type Cue = 'start' | 'warning' | 'end';

/** Two tones each, in Hz: up for a start, down for an end. */
const TONES: Readonly<Record<Cue, readonly [number, number]>> = {
  start: [520, 780],
  warning: [660, 660],
  end: [780, 520],
};
const TONE_SECONDS = 0.09;
const LOUDNESS = 0.2;

/** The players of each platform, first one that runs; `FILE` is the sound's path. */
const PLAYERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  linux: [
    ['paplay', 'FILE'],
    ['pw-play', 'FILE'],
    ['aplay', '-q', 'FILE'],
  ],
  darwin: [['afplay', 'FILE']],
  win32: [
    ['powershell', '-NoProfile', '-Command', "(New-Object Media.SoundPlayer 'FILE').PlaySync()"],
  ],
};

/** Short sounds for who does not look at the status bar. An extension has no sound of its own. */
export class CueSounds {
  readonly #folder: string;

  constructor(storageFolder: string) {
    this.#folder = join(storageFolder, 'cues');
  }

  /** Never rejects: a cue that cannot be heard stops no dictation. */
  async play(cue: Cue): Promise<void> {
    const path = join(this.#folder, `${cue}.wav`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(path, wavOf(TONES[cue]));
    } catch {
      // A full disk has graver signs than a missing beep.
      return;
    }
    for (const [command = '', ...args] of PLAYERS[process.platform] ?? []) {
      const own = args.map((arg) => arg.replace('FILE', path));
      if (await runs(command, own)) return;
    }
  }
}

async function runs(command: string, args: readonly string[]): Promise<boolean> {
  const { env, platform } = process;
  const path = await findProgram(command, { env, platform });
  if (path === undefined) return false;
  return new Promise((resolve) => {
    const player = spawn(path, args, {
      env: childEnvironment(env),
      stdio: 'ignore',
      windowsHide: true,
    });
    player.on('error', () => resolve(false));
    player.on('exit', (code) => resolve(code === 0));
  });
}

function wavOf(frequencies: readonly number[]): Buffer {
  const pcm = encodePcm16(Float32Array.from(frequencies.flatMap(toneOf)));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  return Buffer.concat([header, pcm]);
}

/** Swells and fades, so that it does not click. */
function toneOf(frequencyHz: number): number[] {
  const count = Math.round(TONE_SECONDS * SAMPLE_RATE_HZ);
  return Array.from({ length: count }, (_, index) => {
    const swell = Math.sin((Math.PI * index) / count);
    return LOUDNESS * swell * Math.sin((2 * Math.PI * frequencyHz * index) / SAMPLE_RATE_HZ);
  });
}
