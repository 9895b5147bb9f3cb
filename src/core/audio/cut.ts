import { FRAME_MS } from './framer.ts';

export interface CutRequest {
  /** Where the last committed word ended, milliseconds of the dictation's audio. */
  readonly committedEndMs: number;
  /** Where the next word begins that was heard but not committed, if one was. */
  readonly nextStartMs: number | undefined;
  /** Level of frame `number`; `undefined` where it is not kept. */
  levelOf(number: number): number | undefined;
}

/**
 * The service pads the words at a turn's edges: the last one ends up to 0.24 s late, the first one
 * begins up to 1 s early (measured live, 2026-09-24). So the true end lies within this before the
 * end that was told, and a true start is never before the start that was told.
 */
const END_PADDING_MS = 240;

/**
 * The first frame to replay into a new session: the quietest point between the last committed word
 * and the next one, so that neither is cut, the one is not heard twice and the other not missed.
 * Of points equally quiet the latest is taken, which replays least.
 */
export function chooseCut({ committedEndMs, nextStartMs, levelOf }: CutRequest): number {
  const from = Math.floor(Math.max(0, committedEndMs - END_PADDING_MS) / FRAME_MS);
  const untilMs = Math.max(nextStartMs ?? committedEndMs + END_PADDING_MS, committedEndMs);
  let cut = from;
  let quietest = Number.POSITIVE_INFINITY;
  for (let number = from; number <= Math.floor(untilMs / FRAME_MS); number += 1) {
    const level = levelOf(number);
    if (level === undefined || level > quietest) continue;
    quietest = level;
    cut = number;
  }
  return cut;
}
