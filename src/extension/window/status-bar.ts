import { type StatusBarItem, ThemeColor } from 'vscode';
import type { Clock, Progress } from '../../core/index.ts';
import { describeStatus, type HangUp } from './status-text.ts';

/** The status bar is touched at most this often. */
const SHORTEST_MS = 250;
const SECOND_MS = 1_000;

const BACKGROUNDS = {
  normal: undefined,
  warning: new ThemeColor('statusBarItem.warningBackground'),
  error: new ThemeColor('statusBarItem.errorBackground'),
};

/** Shows the status, and the passing seconds while there are any. */
export class StatusBar {
  readonly #item: StatusBarItem;
  readonly #clock: Clock;
  #status: Progress = { kind: 'idle' };
  #hangUp: HangUp = 'stops';
  #shown = '';
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #cancel = () => {};

  /** `item` is there from the start of the window; from now on it tells the status. */
  constructor(item: StatusBarItem, clock: Clock) {
    this.#item = item;
    this.#clock = clock;
    this.#draw();
  }

  /** Of several at once only the last is drawn: one that held for no time would be a flash. */
  show(status: Progress, hangUp: HangUp = 'stops'): void {
    this.#status = status;
    this.#hangUp = hangUp;
    this.#drawIn(0);
  }

  dispose(): void {
    this.#cancel();
  }

  #drawIn(ms: number): void {
    this.#cancel();
    const waitMs = this.#shownAtMs + SHORTEST_MS - this.#clock.now();
    this.#cancel = this.#clock.schedule(Math.max(ms, waitMs, 0), () => this.#draw());
  }

  #draw(): void {
    this.#cancel();
    const nowMs = this.#clock.now();
    const { text, tooltip, command, spoken, severity } = describeStatus(
      this.#status,
      nowMs,
      this.#hangUp,
    );
    const shown = JSON.stringify([text, tooltip, command]);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#shownAtMs = nowMs;
      this.#item.text = text;
      this.#item.tooltip = tooltip;
      this.#item.command = command;
      this.#item.accessibilityInformation = { label: spoken, role: 'button' };
      this.#item.backgroundColor = BACKGROUNDS[severity];
    }
    if (this.#status.kind !== 'listening' && this.#status.kind !== 'reconnecting') return;
    const sinceMs = nowMs - this.#status.sinceMs;
    this.#drawIn(SECOND_MS - (sinceMs % SECOND_MS));
  }
}
