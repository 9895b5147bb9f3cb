import type { DictationEvent } from '../../core/index.ts';
import { columnsOf, type TimedPiece, timedPieces } from './timed-pieces.ts';

/** One subtitle: at most two lines, times in milliseconds of the dictation's audio. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

type Final = Extract<DictationEvent, { type: 'final' }>;

/** Columns of a line and seconds of a cue: the usual limits of broadcast subtitles. */
export const LINE_COLUMNS = 42;
const MAX_LINES = 2;
const MAX_CUE_MS = 7_000;
/** A pause this long inside a turn ends a cue, so that words are not shown before they are said. */
const PAUSE_MS = 1_500;
/** Two lines of letters; more pieces are of no width, and laying them out again and again takes for ever. */
const MOST_PIECES = 2 * LINE_COLUMNS;
/** Shorter than this nobody can read; the service gives a "Yes." 0.2 s. */
const MIN_CUE_MS = 700;

/** Cuts one final into cues that begin no sooner than `notBeforeMs` and never overlap. */
export function cuesOf(final: Final, notBeforeMs: number): readonly Cue[] {
  const cues: Cue[] = [];
  for (const group of withCompany(groupPieces(timedPieces(final, LINE_COLUMNS)))) {
    const first = group[0];
    const last = group.at(-1);
    const lines = layOut(group);
    if (first === undefined || last === undefined || lines.length === 0) continue;
    // The service pads words at the edges of a turn, so two turns may overlap a little.
    const startMs = Math.max(first.startMs, cues.at(-1)?.endMs ?? notBeforeMs);
    const endMs = Math.max(last.endMs, startMs + MIN_CUE_MS);
    cues.push({ startMs, endMs, lines });
  }
  return cues;
}

function groupPieces(pieces: readonly TimedPiece[]): readonly (readonly TimedPiece[])[] {
  const groups: TimedPiece[][] = [];
  let layout = EMPTY;
  for (const piece of pieces) {
    const group = groups.at(-1);
    const next = laidOut(layout, piece);
    if (group !== undefined && next.lines.length <= MAX_LINES && belongs(group, piece)) {
      group.push(piece);
      layout = next;
    } else {
      groups.push([piece]);
      layout = laidOut(EMPTY, piece);
    }
  }
  return groups;
}

/** A word left over for a cue of its own is given one from the cue before, where no pause parts them. */
function withCompany(
  groups: readonly (readonly TimedPiece[])[],
): readonly (readonly TimedPiece[])[] {
  const evened = groups.map((group) => [...group]);
  for (const [index, group] of evened.entries()) {
    const before = evened[index - 1];
    const [lonely, other] = group;
    const last = before?.at(-1);
    if (before === undefined || last === undefined || lonely === undefined) continue;
    const isApart = lonely.startMs - last.endMs >= PAUSE_MS;
    if (other !== undefined || isApart || before.length < 3) continue;
    if (layOut([last, lonely]).length > MAX_LINES || lonely.endMs - last.startMs > MAX_CUE_MS)
      continue;
    before.pop();
    group.unshift(last);
  }
  return evened;
}

function belongs(group: readonly TimedPiece[], piece: TimedPiece): boolean {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return true;
  return (
    group.length < MOST_PIECES &&
    piece.endMs - first.startMs <= MAX_CUE_MS &&
    piece.startMs - last.endMs < PAUSE_MS
  );
}

interface Layout {
  readonly lines: readonly string[];
  /** Of the last line, with the space at its end. */
  readonly columns: number;
}

const EMPTY: Layout = { lines: [], columns: 0 };

/** One piece more. Each is measured once, however many there are. */
function laidOut({ lines, columns }: Layout, { text }: TimedPiece): Layout {
  const last = lines.at(-1);
  if (last !== undefined && columns + columnsOf(text.trimEnd()) <= LINE_COLUMNS) {
    return { lines: [...lines.slice(0, -1), last + text], columns: columns + columnsOf(text) };
  }
  const begun = text.trimStart();
  return { lines: [...lines, begun], columns: columnsOf(begun) };
}

function layOut(group: readonly TimedPiece[]): readonly string[] {
  // An empty line would end the cue in both formats.
  return group
    .reduce(laidOut, EMPTY)
    .lines.map((line) => line.trim())
    .filter((line) => line !== '');
}
