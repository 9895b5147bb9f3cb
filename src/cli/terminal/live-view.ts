import type { Clock } from '../../core/index.ts';
import {
  type PreviewLine,
  renderPreview,
  rowsTaken,
  statusLine,
  type TerminalView,
} from './preview.ts';
import { INITIAL_PREVIEW, type PreviewState } from './preview-state.ts';

/** What the view needs of `process.stderr`. */
export interface ViewStream {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface LiveView {
  /** Takes the preview away, lets `print` write, and draws `state` below what it wrote. */
  update(state: PreviewState, print?: () => void): void;
  /** As `update`, with the preview as it is. */
  above(print: () => void): void;
  /** Draws anew: the terminal changed its size, or is ours again. */
  redraw(): void;
  /** Takes the preview away until the next `redraw`. */
  hide(): void;
  /** Takes the preview away for good. */
  close(): void;
}

export interface LiveViewOptions {
  readonly stream: ViewStream;
  readonly keys: TerminalView['keys'];
  /** Colours a line without changing its width. */
  readonly paint: (line: PreviewLine) => string;
  readonly hangUp: () => TerminalView['hangUp'];
  readonly lengthMs?: TerminalView['lengthMs'];
  /** Another program may print what we hand it on the same terminal. */
  readonly reader: 'none' | 'on-a-pipe';
  readonly clock: Pick<Clock, 'schedule'>;
}

const CSI = '\u001b[';
/** How long the program that reads our words gets to print them before the preview comes back. */
const READER_PRINTS_MS = 100;

/** Draws the preview at the bottom of a terminal. */
export function createLiveView(options: LiveViewOptions): LiveView {
  const { stream, keys, paint, hangUp, lengthMs, reader, clock } = options;
  let state = INITIAL_PREVIEW;
  let drawn: readonly PreviewLine[] = [];
  let life: 'drawing' | 'waiting' | 'hidden' | 'closed' = 'drawing';
  let cancelWait = () => {};

  // A terminal that does not tell its size reports 0 or nothing.
  const size = (): TerminalView => ({
    columns: stream.columns || 80,
    rows: stream.rows || 24,
    keys,
    hangUp: hangUp(),
    lengthMs,
  });
  const erasure = () => {
    if (drawn.length === 0) return '';
    // After a resize the old lines stand in another number of rows, so count them as they are now.
    const up = rowsTaken(drawn, size().columns) - 1;
    // Row by row: tmux and screen take an erasure from the top left corner for a cleared screen, and
    // push what was on it into their history.
    return `\r${CSI}K${`${CSI}1A${CSI}2K`.repeat(Math.max(0, up))}`;
  };
  const erase = () => {
    const text = erasure();
    drawn = [];
    if (text !== '') stream.write(text);
  };
  const draw = () => {
    if (life !== 'drawing') return;
    const lines = renderPreview(state, size());
    stream.write(erasure() + lines.map(paint).join('\n'));
    drawn = lines;
  };
  /** While a count runs, what is known of a recording may change and is not to be seen. */
  const isNews = () => {
    const lines = renderPreview(state, size());
    return lines.some(({ text }, row) => text !== drawn[row]?.text) || lines.length < drawn.length;
  };
  const waitForReader = () => {
    if (reader === 'none' || life === 'hidden' || life === 'closed') return;
    life = 'waiting';
    cancelWait();
    cancelWait = clock.schedule(READER_PRINTS_MS, () => {
      if (life !== 'waiting') return;
      life = 'drawing';
      draw();
    });
  };
  const update = (next: PreviewState, print?: () => void) => {
    if (print !== undefined) {
      erase();
      print();
      waitForReader();
    } else if (next === state) {
      return;
    }
    state = next;
    if (isNews()) draw();
  };

  return {
    update,
    above: (print) => update(state, print),
    redraw() {
      if (life === 'hidden') life = 'drawing';
      draw();
    },
    hide() {
      erase();
      if (life !== 'closed') life = 'hidden';
    },
    close() {
      cancelWait();
      erase();
      life = 'closed';
    },
  };
}

/** How long a plain terminal is left alone before it is told again how far a recording is. */
const NEWS_OF_PLACE_MS = 10_000;

/**
 * For a terminal that cannot move its cursor: a line when it listens, one when a count begins, and
 * of a recording one now and then.
 */
export function createLineView({
  stream,
  hangUp,
  lengthMs,
}: Pick<LiveViewOptions, 'stream' | 'hangUp' | 'lengthMs'>): LiveView {
  let state = INITIAL_PREVIEW;
  let placeToldMs = 0;
  const isPlaceNews = ({ heard }: PreviewState) => {
    const tookMs = heard?.tookMs ?? 0;
    if (heard === state.heard || tookMs - placeToldMs < NEWS_OF_PLACE_MS) return false;
    placeToldMs = tookMs;
    return true;
  };
  const isNews = (next: PreviewState) => {
    switch (next.progress.kind) {
      case 'counting-down':
        return state.progress.kind !== 'counting-down';
      case 'listening':
        return state.progress.kind === 'connecting' || isPlaceNews(next);
      case 'stopping':
        return isPlaceNews(next);
      default:
        return false;
    }
  };
  return {
    ...createPlainView(),
    update(next, print) {
      print?.();
      if (isNews(next)) {
        const size = { columns: 80, rows: 24 };
        const view = { keys: 'none', hangUp: hangUp(), lengthMs, ...size } as const;
        stream.write(`${statusLine(next, view).text}\n`);
      }
      state = next;
    },
  };
}

/** Where there is no terminal to draw on: what is printed is printed, and that is all. */
export function createPlainView(): LiveView {
  return {
    update: (_state, print) => print?.(),
    above: (print) => print(),
    redraw() {},
    hide() {},
    close() {},
  };
}
