import { type Clock, DictationError } from '../../core/index.ts';
import type { Spending } from './other-windows.ts';

const HOUR_MS = 3_600_000;
/** How often the windows look at what the others spend. */
const LOOK_MS = 1_000;
/** The end is told so long before it comes. */
const NEARING_MS = 30_000;

/** What a person allows for a month, and what all their windows have used of it. */
export interface Budget {
  /** 0 sets none. */
  readonly monthlyUsd: number;
  readonly usdPerHour: number;
  /** What is written down for this month. */
  spentUsd(): Promise<number>;
  /** What the other windows spend at this moment. */
  elsewhere(): Promise<Spending>;
}

/** @throws DictationError `invalid-option` when nothing is left of it */
export async function checkBudget({ monthlyUsd, spentUsd, elsewhere }: Budget): Promise<void> {
  if (monthlyUsd === 0) return;
  if ((await spentUsd()) + (await elsewhere()).usd < monthlyUsd) return;
  throw new DictationError(
    'invalid-option',
    `This month's budget of $${monthlyUsd} is spent; raise lull.monthlyBudgetUsd or use the local engine`,
  );
}

/**
 * Watches a session open since now: `nearing` once when half a minute or less is left, `spent` when
 * it would go over. Returns the way to stop.
 */
export function watchBudget(
  { monthlyUsd, usdPerHour, spentUsd, elsewhere }: Budget,
  {
    clock,
    nearing,
    spent,
  }: {
    readonly clock: Clock;
    readonly nearing: (leftMs: number) => void;
    readonly spent: () => void;
  },
): () => void {
  if (monthlyUsd === 0 || usdPerHour === 0) return () => {};
  const startedMs = clock.now();
  let state: 'open' | 'nearing' | 'stopped' = 'open';
  let cancel = () => {};
  const isOver = () => state === 'stopped';
  const look = async () => {
    const [paid, others] = [await spentUsd(), await elsewhere()];
    if (isOver()) return;
    const ownUsd = ((clock.now() - startedMs) / HOUR_MS) * usdPerHour;
    const leftUsd = monthlyUsd - paid - others.usd - ownUsd;
    const leftMs = (leftUsd / (usdPerHour + others.usdPerHour)) * HOUR_MS;
    if (leftMs <= 0) {
      state = 'stopped';
      spent();
      return;
    }
    if (leftMs <= NEARING_MS && state === 'open') {
      state = 'nearing';
      nearing(leftMs);
    }
    cancel = clock.schedule(Math.min(leftMs, LOOK_MS), () => void look());
  };
  void look();
  return () => {
    state = 'stopped';
    cancel();
  };
}
