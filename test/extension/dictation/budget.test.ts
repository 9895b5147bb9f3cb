import { describe, expect, test, vi } from 'vitest';
import { type Budget, checkBudget, watchBudget } from '../../../src/extension/dictation/budget.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

const NOBODY = { usd: 0, usdPerHour: 0 };

function setup(budget: Partial<Budget> & { readonly paid?: number }) {
  const clock = new FakeClock();
  const nearing = vi.fn();
  const spent = vi.fn();
  const whole: Budget = {
    monthlyUsd: 1,
    usdPerHour: 0.45,
    spentUsd: async () => budget.paid ?? 0,
    elsewhere: async () => NOBODY,
    ...budget,
  };
  const unwatch = watchBudget(whole, { clock, nearing, spent });
  return {
    ...{ clock, nearing, spent, unwatch, whole },
    async pass(seconds: number) {
      for (let second = 0; second < seconds * 10; second += 1) {
        // What the windows have spent is read from files, between one look and the next.
        await vi.waitFor(async () => undefined);
        clock.advance(100);
      }
    },
  };
}

describe('a monthly budget', () => {
  test('ends a dictation when its list price has used up what is left, and says so before', async () => {
    // At $0.45 an hour, $0.0045 is 36 seconds.
    const { pass, nearing, spent } = setup({ paid: 0.9955 });
    await pass(5);
    expect(nearing).not.toHaveBeenCalled();
    await pass(3);
    expect(nearing).toHaveBeenCalledOnce();
    await pass(26);
    expect(spent).not.toHaveBeenCalled();
    await pass(4);
    expect(spent).toHaveBeenCalledOnce();
    expect(nearing).toHaveBeenCalledOnce();
  });

  test('is one for two windows that dictate at the same time', async () => {
    const { pass, spent, clock } = setup({
      paid: 0.9955,
      elsewhere: async () => ({ usd: (clock.now() / 3_600_000) * 0.45, usdPerHour: 0.45 }),
    });
    await pass(16);
    expect(spent).not.toHaveBeenCalled();
    await pass(4);
    expect(spent).toHaveBeenCalledOnce();
  });

  test('watches nothing where there is none, and stops watching when told', async () => {
    const none = setup({ monthlyUsd: 0, paid: 5 });
    const stopped = setup({ paid: 0.9999 });
    stopped.unwatch();
    await Promise.all([none.pass(60), stopped.pass(60)]);
    expect(none.spent).not.toHaveBeenCalled();
    expect(stopped.spent).not.toHaveBeenCalled();
  });

  test('lets no dictation begin when it is spent', async () => {
    const { whole } = setup({ monthlyUsd: 0, paid: 9 });
    await expect(checkBudget(whole)).resolves.toBeUndefined();
    await expect(checkBudget({ ...whole, monthlyUsd: 9 })).rejects.toThrow(
      /budget of \$9 is spent/,
    );
    const elsewhere = async () => ({ usd: 0.5, usdPerHour: 0.45 });
    await expect(checkBudget({ ...whole, monthlyUsd: 9.4, elsewhere })).rejects.toThrow(/spent/);
  });
});
