import { expect, test, vi } from 'vitest';
import { FakeClock } from '../../src/testing/fake-clock.ts';

test('runs tasks in order of time, those scheduled on the way included', () => {
  const clock = new FakeClock();
  const seen: string[] = [];
  clock.schedule(30, () => seen.push(`late at ${clock.now()}`));
  clock.schedule(10, () => {
    seen.push(`early at ${clock.now()}`);
    clock.schedule(10, () => seen.push(`between at ${clock.now()}`));
  });

  clock.advance(40);

  expect(seen).toEqual(['early at 10', 'between at 20', 'late at 30']);
  expect(clock.now()).toBe(40);
});

test('runs nothing that was cancelled', () => {
  const clock = new FakeClock();
  const task = vi.fn();
  clock.schedule(10, task)();

  clock.advance(20);

  expect(task).not.toHaveBeenCalled();
  expect(clock.pending).toBe(0);
});

test('advanceAsync lets a promise chain schedule its next step before time moves on', async () => {
  const clock = new FakeClock();
  const seen: number[] = [];
  const wait = (ms: number) => new Promise<void>((resolve) => clock.schedule(ms, resolve));
  const chain = (async () => {
    await wait(10);
    seen.push(clock.now());
    await wait(10);
    seen.push(clock.now());
  })();

  await clock.advanceAsync(100);
  await chain;

  expect(seen).toEqual([10, 20]);
});
