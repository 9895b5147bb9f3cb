import {
  type Clock,
  DictationError,
  type DictationSettings,
  listPriceUsd,
} from '../../core/index.ts';

const SECOND_MS = 1_000;

export interface Budget {
  readonly monthlyUsd: number;
  readonly spentUsd: number;
}

/** @throws DictationError `invalid-option` when nothing is left of it */
export function checkBudget({ monthlyUsd, spentUsd }: Budget): void {
  if (monthlyUsd === 0 || spentUsd < monthlyUsd) return;
  throw new DictationError(
    'invalid-option',
    `This month's budget of $${monthlyUsd} is spent; raise lull.monthlyBudgetUsd or use the local engine`,
  );
}

/** Calls `spent` when a session open since now would use the budget up. Returns the way to stop. */
export function watchBudget(
  { monthlyUsd, spentUsd }: Budget,
  {
    settings: { model, keyterms },
    clock,
    spent,
  }: {
    readonly settings: DictationSettings;
    readonly clock: Clock;
    readonly spent: () => void;
  },
): () => void {
  if (monthlyUsd === 0) return () => {};
  const left = monthlyUsd - spentUsd;
  const usdPerHour = listPriceUsd(model, 3_600, keyterms.length);
  if (usdPerHour === 0) return () => {};
  const leftMs = (left / usdPerHour) * 3_600 * SECOND_MS;
  // Timers take at most some 24 days; no dictation lasts so long.
  return clock.schedule(Math.min(leftMs, 2 ** 31 - 1), spent);
}
