import { describe, expect, test, vi } from 'vitest';
import { checkOptions } from '../../../src/core/options.ts';
import { checkBudget, watchBudget } from '../../../src/extension/dictation/budget.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const { settings } = checkOptions({});

describe('a monthly budget', () => {
  test('ends a dictation when its list price has used up what is left', () => {
    const clock = new FakeClock();
    const spent = vi.fn();
    // At $0.45 an hour, $0.0045 is 36 seconds.
    watchBudget({ monthlyUsd: 1, spentUsd: 0.9955 }, { settings, clock, spent });
    clock.advance(35_900);
    expect(spent).not.toHaveBeenCalled();
    clock.advance(200);
    expect(spent).toHaveBeenCalledOnce();
  });

  test('watches nothing where there is none, and stops watching when told', () => {
    const clock = new FakeClock();
    const spent = vi.fn();
    watchBudget({ monthlyUsd: 0, spentUsd: 5 }, { settings, clock, spent });
    watchBudget({ monthlyUsd: 1, spentUsd: 0.99 }, { settings, clock, spent })();
    clock.advance(3_600_000);
    expect(spent).not.toHaveBeenCalled();
  });

  test('lets no dictation begin when it is spent', () => {
    expect(() => checkBudget({ monthlyUsd: 1, spentUsd: 1 })).toThrow(/budget of \$1 is spent/);
    expect(() => checkBudget({ monthlyUsd: 0, spentUsd: 9 })).not.toThrow();
  });
});
