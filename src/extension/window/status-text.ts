import { type Command, l10n } from 'vscode';
import type { Progress } from '../../core/index.ts';
import { elapsed } from '../../text/index.ts';
import { seconds } from './closing-line.ts';
import { sentenceOf } from './notices.ts';
import { remediesFor } from './remedies.ts';

/** A status as the status bar shows it. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: string | Command;
  /** For a screen reader: no icons, and nothing that was said. */
  readonly spoken: string;
  readonly severity: 'normal' | 'warning' | 'error';
}

/** The keys as package.json binds them; an extension is not told what a person made of them. */
const KEYS =
  process.platform === 'darwin'
    ? { start: 'Cmd+Alt+Shift+D', keep: 'Cmd+Alt+Shift+K' }
    : { start: 'Ctrl+Alt+H', keep: 'Ctrl+Alt+J' };

/** What becomes of the words when the dictation ends by itself. */
export type HangUp = 'stops' | 'sends';

export function describeStatus(
  status: Progress,
  nowMs: number,
  hangUp: HangUp = 'stops',
): StatusText {
  return { severity: 'normal', ...wording(status, nowMs, hangUp) };
}

type Wording = Omit<StatusText, 'severity'> & Partial<Pick<StatusText, 'severity'>>;

function wording(status: Progress, nowMs: number, hangUp: HangUp): Wording {
  switch (status.kind) {
    case 'idle':
      return {
        text: '$(mic) Lull',
        tooltip: l10n.t('Lull: click to start dictation ({0})', KEYS.start),
        command: 'lull.startDictation',
        spoken: l10n.t('Lull is not listening. Start dictation.'),
      };
    case 'connecting':
      return {
        text: '$(sync~spin) Lull',
        tooltip: l10n.t('Lull is preparing the microphone; click to stop'),
        command: 'lull.stopDictation',
        spoken: l10n.t('Lull is preparing the microphone. Stop dictation.'),
      };
    case 'listening':
      return {
        text: `$(mic-filled) ${elapsed(nowMs - status.sinceMs)}`,
        tooltip: l10n.t('Lull is listening; click to stop ({0})', KEYS.start),
        command: 'lull.stopDictation',
        spoken: l10n.t('Lull is listening. Stop dictation.'),
      };
    case 'counting-down':
      return { ...countdown(status, hangUp), severity: 'warning' };
    case 'reconnecting':
      return {
        text: `$(sync~spin) ${elapsed(nowMs - status.sinceMs)}`,
        tooltip: l10n.t('The connection was lost; Lull keeps what you say and tries again'),
        command: 'lull.stopDictation',
        spoken: l10n.t('Lull lost the connection and tries again. Stop dictation.'),
      };
    case 'stopping':
      return {
        text: '$(sync~spin) Lull',
        tooltip: l10n.t('Lull is waiting for the last words; click to end now'),
        command: 'lull.cancelDictation',
        spoken: l10n.t('Lull is waiting for the last words. End now.'),
      };
    case 'problem': {
      const [remedy] = remediesFor(status.error);
      const sentence = sentenceOf(status.error);
      return {
        text: '$(error) Lull',
        tooltip: l10n.t('{0}. Click: {1}', sentence, remedy.title),
        command: remedy,
        spoken: l10n.t('Lull has a problem: {0}. {1}.', sentence, remedy.title),
        severity: 'error',
      };
    }
    default:
      return status satisfies never;
  }
}

/** The longest dictation cannot be put off; silence can. */
function countdown(
  { remainingMs, canKeepListening }: Extract<Progress, { kind: 'counting-down' }>,
  hangUp: HangUp,
): Wording {
  const left = Math.ceil(remainingMs / 1_000);
  if (hangUp === 'sends' && canKeepListening === 'yes') {
    return {
      text: `$(mic-filled) ${l10n.t('sends in {0} s', left)}`,
      tooltip: l10n.t('Lull stops and presses Enter; click to go on and not send ({0})', KEYS.keep),
      command: 'lull.keepListening',
      spoken: l10n.t('Lull stops and presses Enter in {0}. Keep listening.', seconds(left)),
    };
  }
  const text = `$(mic-filled) ${l10n.t('stops in {0} s', left)}`;
  if (canKeepListening === 'no') {
    return {
      text,
      tooltip: l10n.t('Lull stops at the time limit; click to stop now ({0})', KEYS.start),
      command: 'lull.stopDictation',
      spoken: l10n.t('Lull stops in {0}. Stop dictation.', seconds(left)),
    };
  }
  return {
    text,
    tooltip: l10n.t('Lull stops by itself; click to keep listening ({0})', KEYS.keep),
    command: 'lull.keepListening',
    spoken: l10n.t('Lull stops in {0}. Keep listening.', seconds(left)),
  };
}
