import { FRAME_MS, type LevelOf } from '../audio/backlog.ts';

export interface CutRequest {
  /** The last committed word, milliseconds of the dictation's audio. */
  readonly committed: { readonly startMs: number; readonly endMs: number };
  /** Where the next word begins that was heard but not committed, if one was. */
  readonly nextStartMs: number | undefined;
  /** Frames before this one reached the service for certain, so silence there is only silence. */
  readonly arrived: number;
  /** Frames before this one were sent. */
  readonly sent: number;
  readonly levelOf: LevelOf;
}

/**
 * The service pads the words at a turn's edges: the last one ends up to 0.24 s late, the first one
 * begins up to 1 s early (measured live, 2026-09-24). So the true end lies within this before the
 * end that was told, and a true start is never before the start that was told.
 */
const END_PADDING_MS = 240;
const SHORTEST_WORD_MS = 80;
/** Frames this little above the quietest are as quiet, and speech stands out by more than the second. */
const ALIKE_DB = 6;
const SPEECH_ABOVE_DB = 12;
/** What speech is, the last committed word shows. */
const LOUDNESS_MS = 500;
/** A word may be heard this long after the end that was told for it. */
const DECAY_FRAMES = 100 / FRAME_MS;
/** Replayed of the pause before the next word, which may begin softly. */
const LEAD_FRAMES = 200 / FRAME_MS;

/**
 * The first frame to replay into a new session: in the pause after the last committed word, so that
 * the word is not heard twice and the next one not missed. Late in the pause, which replays least;
 * but silence that may not have arrived is replayed, because the words in it are not known yet.
 */
export function chooseCut(request: CutRequest): number {
  const { committed, nextStartMs, arrived, sent, levelOf } = request;
  const { startMs, endMs } = committed;
  const earliestMs = Math.max(endMs - END_PADDING_MS, startMs + SHORTEST_WORD_MS);
  const from = frameAt(Math.min(earliestMs, endMs));
  const end = frameAt(endMs);
  const until = nextStartMs === undefined ? sent - 1 : frameAt(Math.max(nextStartMs, endMs));

  const quietDb = quietLevel(request, { from, until });
  const isQuiet = (number: number) => (levelOf(number) ?? Number.POSITIVE_INFINITY) <= quietDb;
  const isPause = (number: number) => isQuiet(number) && isQuiet(number + 1);
  // Before a word that was heard no other can be missed; before an unknown one, any pause but the first.
  const pause =
    nextStartMs === undefined
      ? range(from, end + DECAY_FRAMES).find(isPause)
      : range(from, until).findLast((at) => isPause(at) && (at === from || !isQuiet(at - 1)));
  if (pause === undefined) return quietest(range(from, end), levelOf) ?? from;

  const over = range(pause, until).find((number) => !isQuiet(number + 1)) ?? until;
  const late = Math.max(Math.ceil((pause + over) / 2), over + 1 - LEAD_FRAMES);
  return Math.max(pause, Math.min(late, arrived));
}

/** As quiet as it gets here, and far below the voice, where the voice is still known. */
function quietLevel(
  { committed: { endMs }, levelOf }: CutRequest,
  { from, until }: { readonly from: number; readonly until: number },
): number {
  // Of two frames the louder: a single one may be part of the padding at the end, or a gap of the recorder.
  const level = (number: number) => levelOf(number) ?? Number.POSITIVE_INFINITY;
  const pairs = range(from, until).map((at) => Math.max(level(at), level(at + 1)));
  const quietest = Math.min(...pairs);
  const voice = range(frameAt(endMs - LOUDNESS_MS), frameAt(endMs) - 1).flatMap(
    (number) => levelOf(number) ?? [],
  );
  const loudest = voice.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...voice);
  return Math.min(quietest + ALIKE_DB, loudest - SPEECH_ABOVE_DB);
}

/** Of frames equally quiet the latest. */
function quietest(numbers: readonly number[], levelOf: LevelOf): number | undefined {
  const level = (number: number) => levelOf(number) ?? Number.POSITIVE_INFINITY;
  return numbers
    .filter((number) => levelOf(number) !== undefined)
    .sort((one, other) => level(one) - level(other) || other - one)[0];
}

function frameAt(ms: number): number {
  return Math.floor(Math.max(0, ms) / FRAME_MS);
}

/** Both ends included. */
function range(from: number, until: number): readonly number[] {
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, index) => from + index);
}
