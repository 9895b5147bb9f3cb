import { type Backlog, FRAME_MS } from '../audio/backlog.ts';
import type { TimeSpan } from '../words/transcript.ts';
import { chooseCut } from './replay-cut.ts';

/** Where a final without word times ended: finals come about this long after (live, 2026-09). */
const FINAL_LAG_MS = 420;
/** Words committed may have ended this much before the time told for them. */
const KEPT_BEFORE_MS = 500;

/** Words come 0.6 to 1.2 s after they began, and up to 3 s where partials are rare. */
const WORDS_LATE_FRAMES = 5_000 / FRAME_MS;
/** A word may begin too softly to be taken for a voice. */
const SOFT_FRAMES = 1_000 / FRAME_MS;

/** Remembers how much of the audio has become text, and so what a new session must hear again. */
export class Replay {
  readonly #backlog: Backlog;
  /** The last word told for good; before the first, where the audio began. */
  #committed: TimeSpan = { startMs: 0, endMs: 0 };
  #nextStartMs: number | undefined;
  #previewEndMs = 0;
  /** The furthest any preview since the last final went. */
  #toldEndMs = 0;
  #arrived = 0;

  constructor(backlog: Backlog) {
    this.#backlog = backlog;
  }

  /** Milliseconds of the dictation's audio that need not be heard again. */
  get committedMs(): number {
    return this.#committed.endMs;
  }

  /** Milliseconds of it whose words were told, if only as a preview. */
  get toldMs(): number {
    return Math.max(this.committedMs, this.#toldEndMs);
  }

  /** Milliseconds of it up to the last word of the turn being spoken, where words carry times. */
  get previewEndMs(): number {
    return this.#previewEndMs;
  }

  /** A final was delivered; `word`, its last one, is absent where words carry no times. */
  committed(word: TimeSpan | undefined, sentMs: number): void {
    const { endMs } = this.#committed;
    const told = Math.min(word?.endMs ?? sentMs - FINAL_LAG_MS, sentMs);
    this.#committed = { startMs: word?.startMs ?? endMs, endMs: Math.max(endMs, told) };
    this.#nextStartMs = undefined;
    this.#toldEndMs = 0;
    this.#backlog.forget(frameAt(this.committedMs - KEPT_BEFORE_MS));
  }

  /** A turn is being spoken whose words so far lie there, where they carry times. */
  opened(words: TimeSpan | undefined): void {
    if (!words) return;
    this.#nextStartMs ??= words.startMs;
    this.#previewEndMs = words.endMs;
    this.#toldEndMs = Math.max(this.#toldEndMs, words.endMs);
  }

  /** A session is over that surely received the audio up to `arrivedMs`. */
  lost(arrivedMs: number): void {
    this.#arrived = Math.max(this.#arrived, frameAt(arrivedMs));
  }

  /**
   * The frame a new session starts from, of those sent up to `sent`. `lastVoiceMs`: where a voice was
   * last heard, because where none was, no word can be missing.
   */
  restart(sent: number, lastVoiceMs: number): number {
    const nextStartMs = this.#nextStartMs;
    const { first } = this.#backlog;
    // That a turn was heard to begin proves that what came before it has arrived.
    const arrived = nextStartMs === undefined ? this.#arrived : frameAt(nextStartMs);
    // Audio that arrived needs no hearing where it gave no words; the last of it had no time to.
    const late =
      lastVoiceMs > (arrived - WORDS_LATE_FRAMES) * FRAME_MS ? WORDS_LATE_FRAMES : SOFT_FRAMES;
    const needed = nextStartMs === undefined ? arrived - late : arrived;
    const gap = Math.max(needed, frameAt(this.committedMs));
    if (gap < first) return Math.min(gap, sent);

    const oldestMs = first * FRAME_MS;
    const isKept = this.committedMs >= oldestMs;
    const cut = chooseCut({
      committed: isKept ? this.#committed : { startMs: oldestMs, endMs: oldestMs },
      nextStartMs,
      arrived,
      sent,
      levelOf: (number) => this.#backlog.level(number),
    });
    return Math.min(cut, sent);
  }
}

function frameAt(ms: number): number {
  return Math.floor(ms / FRAME_MS);
}
