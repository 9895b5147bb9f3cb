import type { LevelOf } from '../sessions/replay-cut.ts';
import { FRAME_MS } from './framer.ts';

/** A voice silent this long is between words. */
const PAUSE_FRAMES = 300 / FRAME_MS;
/** The noise floor is the quietest frame of this long: nobody speaks on and on for longer. */
const FLOOR_FRAMES = 10_000 / FRAME_MS;
const ABOVE_FLOOR_DB = 9;
/** Nothing below this is taken for a voice, however quiet the room. */
const FAINTEST_VOICE_DB = -52;

/** Whether nobody speaks in the audio just before frame `number`, wherever the microphone is by now. */
export function isPauseBefore(number: number, levelOf: LevelOf): boolean {
  const levels = Array.from({ length: FLOOR_FRAMES }, (_, index) => levelOf(number - 1 - index));
  const known = levels.filter((level) => level !== undefined);
  const loudest = Math.max(...known.slice(0, PAUSE_FRAMES));
  return loudest <= Math.max(Math.min(...known) + ABOVE_FLOOR_DB, FAINTEST_VOICE_DB);
}
