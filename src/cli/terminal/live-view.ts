import { type PreviewLine, renderPreview, rowsTaken, type TerminalView } from './preview.ts';
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
  /** Draws anew after the terminal changed its size. */
  redraw(): void;
  /** Takes the preview away for good. */
  close(): void;
}

const CSI = '\u001b[';

/** Draws the preview at the bottom of a terminal. */
export function createLiveView({
  stream,
  keys,
  paint,
}: {
  readonly stream: ViewStream;
  readonly keys: TerminalView['keys'];
  /** Colours a line without changing its width. */
  readonly paint: (line: PreviewLine) => string;
}): LiveView {
  let state = INITIAL_PREVIEW;
  let drawn: readonly PreviewLine[] = [];
  let life: 'open' | 'closed' = 'open';

  // A terminal that does not tell its size reports 0 or nothing.
  const size = (): TerminalView => ({
    columns: stream.columns || 80,
    rows: stream.rows || 24,
    keys,
  });
  const erasure = () => {
    if (drawn.length === 0) return '';
    // After a resize the old lines stand in another number of rows, so count them as they are now.
    const up = rowsTaken(drawn, size().columns) - 1;
    return `\r${up > 0 ? `${CSI}${up}A` : ''}${CSI}J`;
  };
  const erase = () => {
    const text = erasure();
    drawn = [];
    if (text !== '') stream.write(text);
  };
  const draw = () => {
    if (life === 'closed') return;
    const lines = renderPreview(state, size());
    stream.write(erasure() + lines.map(paint).join('\n'));
    drawn = lines;
  };
  const update = (next: PreviewState, print?: () => void) => {
    if (print !== undefined) {
      erase();
      print();
    } else if (next === state) {
      return;
    }
    state = next;
    draw();
  };

  return {
    update,
    above: (print) => update(state, print),
    redraw: draw,
    close() {
      erase();
      life = 'closed';
    },
  };
}

/** Where there is no terminal to draw on: what is printed is printed, and that is all. */
export function createPlainView(): LiveView {
  return {
    update: (_state, print) => print?.(),
    above: (print) => print(),
    redraw() {},
    close() {},
  };
}
