import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWav } from '../support/sound/wav.ts';

const SAMPLE_RATE_HZ = 16_000;

/**
 * Faint steady noise: never zero, so that it counts as a living microphone, and never loud enough
 * to be taken for a voice. The scripted server says what was "heard" in it.
 */
export function quietSamples(seconds: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: seconds * SAMPLE_RATE_HZ }, () => {
    // A fixed sequence: the tests compare it byte for byte.
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648 - 0.5) * 0.002;
  });
}

/** Writes a talk of so many seconds and gives its path and its PCM. */
export function writeTalk(folder: string, seconds: number) {
  const path = join(folder, `talk-${seconds}.wav`);
  const wav = buildWav({ samples: quietSamples(seconds) });
  // Another test may be playing it.
  if (!existsSync(path)) writeFileSync(path, wav);
  return { path, pcm: wav.subarray(-seconds * SAMPLE_RATE_HZ * 2) };
}
