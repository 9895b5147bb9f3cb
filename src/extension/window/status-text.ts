import { type Command, l10n } from 'vscode';
import { remedyFor } from './remedies.ts';
import type { Status } from './status.ts';

/** A status as the status bar shows it. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** What a click does. */
  readonly command: string | Command;
  /** For a screen reader: no icons, and nothing that was said. */
  readonly spoken: string;
  readonly severity: 'normal' | 'error';
}

export function describeStatus(status: Status, nowMs: number): StatusText {
  const severity = status.kind === 'problem' ? 'error' : 'normal';
  return { ...wording(status, nowMs), severity };
}

function wording(status: Status, nowMs: number): Omit<StatusText, 'severity'> {
  switch (status.kind) {
    case 'idle':
      return {
        text: '$(mic) Lull',
        tooltip: l10n.t('Lull: click to start dictation'),
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
        tooltip: l10n.t('Lull is listening; click to stop'),
        command: 'lull.stopDictation',
        spoken: l10n.t('Lull is listening. Stop dictation.'),
      };
    case 'counting-down':
      return {
        text: `$(mic-filled) ${l10n.t('stops in {0} s', status.seconds)}`,
        tooltip: l10n.t('Lull stops by itself; click to keep listening'),
        command: 'lull.keepListening',
        spoken: l10n.t('Lull stops in {0} seconds. Keep listening.', status.seconds),
      };
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
      const remedy = remedyFor(status.error.code);
      return {
        text: '$(error) Lull',
        tooltip: l10n.t('{0}. Click: {1}', status.error.message, remedy.title),
        command: remedy,
        spoken: l10n.t('Lull has a problem: {0}. {1}.', status.error.message, remedy.title),
      };
    }
    default:
      return status satisfies never;
  }
}

/** "0:12", and "1:02:03" from an hour on. */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const start = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${start}:${two(seconds % 60)}`;
}
