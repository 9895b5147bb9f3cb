import wrapAnsi from 'wrap-ansi';
import type { CountdownReason, Progress } from '../../core/index.ts';
import { playTime } from '../../text/index.ts';
import type { PreviewState } from './preview-state.ts';

export interface TerminalView {
  readonly columns: number;
  readonly rows: number;
  /** Whether key presses reach us. */
  readonly keys: 'none' | 'read';
  /** What happens when the count is over: Enter may be pressed for the person then. */
  readonly hangUp: 'stops' | 'sends';
  /** Of a recording, where it is known. */
  readonly lengthMs?: number | undefined;
}

export interface PreviewLine {
  readonly role: 'words' | 'status' | 'countdown';
  readonly text: string;
}

const PHASES = {
  idle: '',
  problem: '',
  connecting: 'connecting …',
  listening: 'listening …',
  reconnecting: 'connecting again …',
  stopping: 'finishing …',
} as const satisfies Record<Exclude<Progress['kind'], 'counting-down'>, string>;

const COUNTDOWN_PREFIXES = {
  silence: '',
  'no-speech': 'nothing heard yet: ',
  'max-duration': 'time limit reached: ',
} as const satisfies Record<CountdownReason, string>;

/** The lines to show: the words so far and, last, what is going on. None fills the terminal's width. */
export function renderPreview(state: PreviewState, view: TerminalView): readonly PreviewLine[] {
  const words = endOf(state.partial?.text ?? '', view);
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

/** What is going on, in one line; the keys only where they fit on it. */
export function statusLine(state: PreviewState, view: TerminalView): PreviewLine {
  const { progress, behindMs = 0 } = state;
  const { keys, hangUp, columns, lengthMs } = view;
  const withHint = (text: string, offers: readonly string[]) => {
    const hint = offers.length === 0 ? '' : ` (${offers.join(', ')})`;
    return text.length + hint.length < columns ? text + hint : text;
  };
  const offers = keys === 'none' ? [] : ['Enter: finish'];
  if (progress.kind !== 'counting-down') {
    const isBehind = progress.kind === 'listening' && behindMs > 0;
    const still = isBehind ? `listening, ${behindMs / 1_000} s behind …` : PHASES[progress.kind];
    const text = placeIn(state, lengthMs) ?? still;
    return { role: 'status', text: withHint(text, progress.kind === 'listening' ? offers : []) };
  }
  const seconds = Math.max(1, Math.round(progress.remainingMs / 1_000));
  // At the time limit nothing is sent, and it cannot be put off.
  const isLimit = progress.canKeepListening === 'no';
  const verb = isLimit ? 'stops' : hangUp;
  const text = `${COUNTDOWN_PREFIXES[progress.reason]}${verb} in ${seconds} s`;
  const puttingOff = keys === 'none' || isLimit ? [] : ['space: keep listening'];
  return { role: 'countdown', text: withHint(text, [...puttingOff, ...offers]) };
}

/** Before that, the pace is mostly how long the recogniser takes to get going. */
const PACE_KNOWN_MS = 2_000;

/** "0:17 of 0:29, 4 s left …" of a recording that is being listened to, until all of it was. */
function placeIn(
  { progress, heard }: PreviewState,
  lengthMs: number | undefined,
): string | undefined {
  if (heard === undefined || !['listening', 'stopping'].includes(progress.kind)) return undefined;
  const { audioMs, tookMs } = heard;
  if (lengthMs === undefined) return audioMs === 0 ? undefined : `${playTime(audioMs)} so far …`;
  const toGoMs = lengthMs - audioMs;
  if (toGoMs < 1_000) return undefined;
  const place = `${playTime(audioMs)} of ${playTime(lengthMs)}`;
  if (tookMs < PACE_KNOWN_MS) return `${place} …`;
  const leftMs = Math.max(1_000, (toGoMs / audioMs) * tookMs);
  const left = leftMs < 60_000 ? `${Math.round(leftMs / 1_000)} s` : playTime(leftMs);
  return `${place}, ${left} left …`;
}

/** Minutes of speech; a screen may have room for far more, and to break a word takes its length squared. */
const MOST_CHARACTERS = 4_000;

/** No more than fills the screen: breaking the whole of a long turn would take ever longer. */
function endOf(text: string, { columns, rows }: TerminalView): string {
  const most = Math.min(MOST_CHARACTERS, Math.max(1, columns) * Math.max(1, rows));
  // A pair of surrogates is one character.
  return text.length <= most ? text : text.slice(-most).replace(/^[\udc00-\udfff]/, '');
}

function wrap({ role, text }: PreviewLine, { columns }: TerminalView): readonly PreviewLine[] {
  // A line that fills the last column makes some terminals wrap and others not.
  const wrapped = wrapAnsi(text, Math.max(1, columns - 1), { hard: true });
  return wrapped.split('\n').map((line) => ({ role, text: line }));
}
