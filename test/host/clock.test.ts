import { expect, test } from 'vitest';
import { createMonotonicClock } from '../../src/host/clock.ts';

const clock = createMonotonicClock();

test('runs a task once its delay is over', async () => {
  const startMs = clock.now();
  await new Promise<void>((resolve) => clock.schedule(20, resolve));
  // A timer of the platform may fire within the last millisecond of its delay.
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(19);
});

test('a cancelled task never runs', async () => {
  const ran: string[] = [];
  const cancel = clock.schedule(1, () => ran.push('cancelled'));
  cancel();
  cancel();
  await new Promise<void>((resolve) => clock.schedule(10, resolve));
  expect(ran).toEqual([]);
});

test('a delay longer than a platform timer holds does not fire at once', async () => {
  const ran: string[] = [];
  const cancel = clock.schedule(2 ** 32, () => ran.push('too early'));
  await new Promise<void>((resolve) => clock.schedule(10, resolve));
  cancel();
  expect(ran).toEqual([]);
});
