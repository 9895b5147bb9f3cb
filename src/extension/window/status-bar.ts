import {
  type Disposable,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { Clock } from '../../core/index.ts';
import type { Status } from './status.ts';
import { describeStatus } from './status-text.ts';

/** The status bar is touched at most this often. */
const SHORTEST_MS = 250;
const SECOND_MS = 1_000;

/** Shows the status, and the passing seconds while there are any. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #clock: Clock;
  #status: Status = { kind: 'idle' };
  #shown = '';
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#item = window.createStatusBarItem('lull.status', StatusBarAlignment.Right, 100);
    this.#item.name = l10n.t('Lull Dictation');
    this.#draw();
    this.#item.show();
  }

  show(status: Status): void {
    this.#status = status;
    this.#draw();
  }

  dispose(): void {
    this.#cancel();
    this.#item.dispose();
  }

  #draw(): void {
    this.#cancel();
    const nowMs = this.#clock.now();
    const waitMs = this.#shownAtMs + SHORTEST_MS - nowMs;
    if (waitMs > 0) {
      this.#cancel = this.#clock.schedule(waitMs, () => this.#draw());
      return;
    }
    const { text, tooltip, command, spoken, severity } = describeStatus(this.#status, nowMs);
    const shown = JSON.stringify([text, tooltip, command]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#shownAtMs = nowMs;
      this.#item.text = text;
      this.#item.tooltip = tooltip;
      this.#item.command = command;
      this.#item.accessibilityInformation = { label: spoken, role: 'button' };
      this.#item.backgroundColor =
        severity === 'error' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    }
    if (this.#status.kind !== 'listening' && this.#status.kind !== 'reconnecting') return;
    const sinceMs = nowMs - this.#status.sinceMs;
    this.#cancel = this.#clock.schedule(SECOND_MS - (sinceMs % SECOND_MS), () => this.#draw());
  }
}
