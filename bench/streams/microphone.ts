import { TURN_MS, WORD_MS } from './service.ts';

export const FRAME_MS = 50;
const FRAME_BYTES = 1_600;
const SPOKEN_MS = 10 * WORD_MS;

/** One turn of noise that is loud where words are and faint where none are. */
const FRAMES: readonly Uint8Array[] = Array.from({ length: TURN_MS / FRAME_MS }, (_, number) => {
  const peak = number * FRAME_MS < SPOKEN_MS ? 6_000 : 20;
  const samples = Int16Array.from(
    { length: FRAME_BYTES / 2 },
    () => (Math.random() * 2 - 1) * peak,
  );
  return new Uint8Array(samples.buffer);
});

/**
 * Hands over a frame each 50 ms of real time, and makes up for a timer that is late. The frames are
 * the same for all, so that the sound itself costs a rival nothing. Returns the way to stop.
 */
export function listen(onFrame: (pcm: Uint8Array) => void): () => void {
  const startedMs = performance.now();
  let given = 0;
  const next = () => {
    const frame = FRAMES[given % FRAMES.length];
    given += 1;
    timer = setTimeout(next, startedMs + (given + 1) * FRAME_MS - performance.now());
    if (frame) onFrame(frame);
  };
  let timer = setTimeout(next, FRAME_MS);
  return () => clearTimeout(timer);
}
