import wrapAnsi from 'wrap-ansi';
import type { CountdownReason } from '../../core/index.ts';
import type { PreviewState } from './preview-state.ts';

export interface TerminalView {
  readonly columns: number;
  readonly rows: number;
  /** Whether a key press reaches us. */
  readonly keys: 'none' | 'keep-listening';
}

export interface PreviewLine {
  readonly role: 'words' | 'status' | 'countdown';
  readonly text: string;
}

const PHASES = {
  connecting: 'connecting …',
  listening: 'listening …',
  reconnecting: 'connecting again …',
  stopping: 'finishing …',
} as const satisfies Record<PreviewState['phase'], string>;

const COUNTDOWN_PREFIXES = {
  silence: '',
  'no-speech': 'nothing heard yet: ',
  'max-duration': 'longest dictation reached: ',
} as const satisfies Record<CountdownReason, string>;

/** The lines to show: the words so far and, last, what is going on. None fills the terminal's width. */
export function renderPreview(state: PreviewState, view: TerminalView): readonly PreviewLine[] {
  const words = state.partial?.text ?? '';
  const lines = [
    ...(words === '' ? [] : wrap({ role: 'words', text: words }, view)),
    ...wrap(statusLine(state, view), view),
  ];
  // What has scrolled off the top can no longer be erased, so a tall preview shows its end.
  return lines.slice(-Math.max(1, view.rows - 1));
}

/** Rows these lines take once a terminal of this width has wrapped them anew. */
export function rowsTaken(lines: readonly PreviewLine[], columns: number): number {
  const breaking = { hard: true, wordWrap: false, trim: false } as const;
  return lines.reduce(
    (rows, { text }) => rows + wrapAnsi(text, Math.max(1, columns), breaking).split('\n').length,
    0,
  );
}

function statusLine({ phase, countdown }: PreviewState, { keys }: TerminalView): PreviewLine {
  if (countdown === undefined) return { role: 'status', text: PHASES[phase] };
  const seconds = Math.max(1, Math.round(countdown.remainingMs / 1_000));
  const text = `${COUNTDOWN_PREFIXES[countdown.reason]}stops in ${seconds} s`;
  // The longest dictation cannot be put off, so no key is offered.
  const hint = keys === 'none' || countdown.reason === 'max-duration' ? '' : KEY_HINT;
  return { role: 'countdown', text: text + hint };
}

const KEY_HINT = ' (press any key to keep listening)';

function wrap({ role, text }: PreviewLine, { columns }: TerminalView): readonly PreviewLine[] {
  // A line that fills the last column makes some terminals wrap and others not.
  const wrapped = wrapAnsi(text, Math.max(1, columns - 1), { hard: true });
  return wrapped.split('\n').map((line) => ({ role, text: line }));
}
