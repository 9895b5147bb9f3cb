import { ProgressLocation, window, workspace } from 'vscode';
import type { Clock } from '../../core/index.ts';
import { plainLabel } from '../../text/index.ts';

/** Long enough to be read out before it folds away. */
const SHOWN_MS = 2_500;

/**
 * Says to a screen reader what is otherwise only to be seen. An extension has no voice of its own;
 * VS Code reads notifications out, so each is one that goes away by itself.
 */
export class Announcer {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  say(text: string): void {
    if (!isWanted()) return;
    void window.withProgress(
      { location: ProgressLocation.Notification, title: plainLabel(text) },
      () => new Promise<void>((resolve) => this.#clock.schedule(SHOWN_MS, resolve)),
    );
  }
}

/** By itself only where the person told VS Code that a screen reader is used. */
function isWanted(): boolean {
  const wish = workspace.getConfiguration('lull').get<unknown>('announcements');
  if (wish === 'on' || wish === 'off') return wish === 'on';
  return workspace.getConfiguration('editor').get('accessibilitySupport') === 'on';
}
