import { FRAME_MS, type LevelOf } from './backlog.ts';

/** Speech stands out of its background by more than this. */
const ABOVE_FLOOR_DB = 9;
/** Nothing below this is taken for a voice, however quiet the room. */
const FAINTEST_VOICE_DB = -52;
/** The noise floor is the quietest frame of this long: longer than a word, shorter than a pause. */
const FLOOR_FRAMES = 2_000 / FRAME_MS;

/** A voice silent this long is between words. */
const PAUSE_FRAMES = 300 / FRAME_MS;
/** In a pause the floor is the quietest frame of this long: nobody speaks on and on for longer. */
const PAUSE_FLOOR_FRAMES = 10_000 / FRAME_MS;

/**
 * Hears a voice by level over an adaptive noise floor. It only ever delays a stop, by at most two
 * seconds, so it need not be right: steady noise becomes the floor, and words decide in the end.
 */
export class VoiceDetector {
  /** Of the last frames, the next one to be overwritten first. */
  readonly #levels = new Float64Array(FLOOR_FRAMES).fill(Number.POSITIVE_INFINITY);
  #oldest = 0;
  #floorDb = Number.POSITIVE_INFINITY;
  #lastVoiceAtMs = Number.NEGATIVE_INFINITY;
  #hasHeardSound = false;

  /** One frame, heard at `nowMs`. */
  hear(levelDb: number, nowMs: number): void {
    if (levelDb > FAINTEST_VOICE_DB) this.#hasHeardSound = true;
    this.#follow(levelDb);
    if (levelDb > Math.max(this.#floorDb + ABOVE_FLOOR_DB, FAINTEST_VOICE_DB)) {
      this.#lastVoiceAtMs = nowMs;
    }
  }

  #follow(levelDb: number): void {
    const gone = this.#levels[this.#oldest] ?? levelDb;
    this.#levels[this.#oldest] = levelDb;
    this.#oldest = (this.#oldest + 1) % FLOOR_FRAMES;
    // Only when the quietest frame is gone, the others have to be looked at.
    this.#floorDb = gone > this.#floorDb ? Math.min(this.#floorDb, levelDb) : lowest(this.#levels);
  }

  /** False only while nothing was captured that could be a word. */
  get hasHeardSound(): boolean {
    return this.#hasHeardSound;
  }

  /** Milliseconds since a voice was last heard; infinite before the first. */
  sinceVoiceMs(nowMs: number): number {
    return nowMs - this.#lastVoiceAtMs;
  }
}

/** Whether nobody speaks in the audio just before frame `number`, wherever the microphone is by now. */
export function isPauseBefore(number: number, levelOf: LevelOf): boolean {
  return quietFramesBefore(number, levelOf) >= PAUSE_FRAMES;
}

/**
 * How many frames before frame `number` are too quiet for a voice, by the floor of ten seconds: words
 * said on and on, which the detector's two seconds take for noise, are still a voice to it.
 */
export function quietFramesBefore(number: number, levelOf: LevelOf): number {
  const levels: number[] = [];
  for (let index = 1; index <= PAUSE_FLOOR_FRAMES; index += 1) {
    const level = levelOf(number - index);
    if (level !== undefined) levels.push(level);
  }
  const faintest = Math.max(Math.min(...levels) + ABOVE_FLOOR_DB, FAINTEST_VOICE_DB);
  const quiet = levels.findIndex((level) => level > faintest);
  return quiet === -1 ? PAUSE_FLOOR_FRAMES : quiet;
}

function lowest(levels: Float64Array): number {
  let lowestDb = Number.POSITIVE_INFINITY;
  for (const levelDb of levels) lowestDb = Math.min(lowestDb, levelDb);
  return lowestDb;
}
