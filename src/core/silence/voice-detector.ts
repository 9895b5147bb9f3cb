import { FRAME_MS } from '../audio/framer.ts';

/** The noise floor is the quietest frame of this long: longer than a word, shorter than a pause. */
const FLOOR_WINDOW_MS = 2_000;
/** Speech stands out of its background by more than this. */
const ABOVE_FLOOR_DB = 9;
/** Nothing below this is taken for a voice, however quiet the room. */
const FAINTEST_VOICE_DB = -52;

/**
 * Hears a voice by level over an adaptive noise floor. It only ever delays a stop, by at most two
 * seconds, so it need not be right: steady noise becomes the floor, and words decide in the end.
 */
export class VoiceDetector {
  #levels: number[] = [];
  #lastVoice: number | undefined;
  #frames = 0;
  #hasHeardSound = false;

  hear(levelDb: number): void {
    this.#frames += 1;
    this.#levels.push(levelDb);
    if (levelDb > FAINTEST_VOICE_DB) this.#hasHeardSound = true;
    if (this.#levels.length > FLOOR_WINDOW_MS / FRAME_MS) this.#levels.shift();
    const floorDb = Math.min(...this.#levels);
    if (levelDb > Math.max(floorDb + ABOVE_FLOOR_DB, FAINTEST_VOICE_DB)) {
      this.#lastVoice = this.#frames;
    }
  }

  /** False only while nothing was captured that could be a word. */
  get hasHeardSound(): boolean {
    return this.#hasHeardSound;
  }

  /** Milliseconds of audio since a voice was last heard; infinite before the first. */
  get sinceVoiceMs(): number {
    if (this.#lastVoice === undefined) return Number.POSITIVE_INFINITY;
    return (this.#frames - this.#lastVoice) * FRAME_MS;
  }
}
