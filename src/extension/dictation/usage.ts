import type { Memento } from 'vscode';
import type { Clock, DictationEnd } from '../../core/index.ts';

/** What dictation came to in a calendar month. */
export interface MonthlyUsage {
  readonly dictations: number;
  readonly audioSeconds: number;
  readonly billedSeconds: number;
  readonly costUsd: number;
}

const NONE: MonthlyUsage = { dictations: 0, audioSeconds: 0, billedSeconds: 0, costUsd: 0 };
const NAME = 'usage';

/** The account of this machine, month by month in UTC, as the service bills. */
export class Usage {
  readonly #state: Memento;
  readonly #clock: Clock;

  constructor(state: Memento, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  thisMonth(): MonthlyUsage {
    return this.#all()[this.#month()] ?? NONE;
  }

  async add({ audioSeconds, billedSeconds, costUsd }: DictationEnd): Promise<void> {
    const before = this.thisMonth();
    await this.#state.update(NAME, {
      ...this.#all(),
      [this.#month()]: {
        dictations: before.dictations + 1,
        audioSeconds: before.audioSeconds + audioSeconds,
        billedSeconds: before.billedSeconds + billedSeconds,
        costUsd: before.costUsd + costUsd,
      },
    });
  }

  #all(): Readonly<Record<string, MonthlyUsage>> {
    return this.#state.get(NAME, {});
  }

  #month(): string {
    return new Date(this.#clock.unixMs()).toISOString().slice(0, 'YYYY-MM'.length);
  }
}
