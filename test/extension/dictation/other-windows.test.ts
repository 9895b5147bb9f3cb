import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type LostDictation,
  OtherWindows,
} from '../../../src/extension/dictation/other-windows.ts';
import { Usage } from '../../../src/extension/dictation/usage.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

function setup() {
  const clock = new FakeClock();
  const folder = mkdtempSync(join(tmpdir(), 'lull-windows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lost: LostDictation[] = [];
  const open = () => new OtherWindows(folder, clock, (each) => lost.push(each));
  return {
    windows: open(),
    open,
    lost,
    clock,
    folder,
    dictating: join(folder, 'dictating'),
  };
}

test('a window that dictates alone is told so, also when it dictates again', async () => {
  const { windows } = setup();
  expect(await windows.enter(0.45)).toBe('alone');
  await windows.leave();
  expect(await windows.enter(0.45)).toBe('alone');
});

test('a window sees the dictation of another, and forgets one that crashed', async () => {
  const { windows, dictating } = setup();
  await windows.enter(0.45);
  writeFileSync(join(dictating, String(process.ppid)), '');
  // No process has this number: it is above the largest that Linux gives.
  writeFileSync(join(dictating, '4194999'), '');
  expect(await windows.enter(0.45)).toBe('not-alone');
  expect(readdirSync(dictating)).not.toContain('4194999');
});

test('a dictation whose window was killed is told of once, so that it can be billed', async () => {
  const { windows, open, lost, dictating } = setup();
  await windows.enter(0.45);
  const killed = { sinceMs: 1_790_000_000_000, usdPerHour: 0.36 };
  writeFileSync(join(dictating, '4194999'), JSON.stringify(killed));
  await Promise.all([windows.spending(), open().spending(), open().spending()]);
  expect(lost).toEqual([killed]);
});

test('a window knows what the dictation of another has cost so far', async () => {
  const { windows, dictating, clock } = setup();
  await windows.enter(0.45);
  const session = { sinceMs: clock.unixMs(), usdPerHour: 0.36 };
  writeFileSync(join(dictating, String(process.ppid)), JSON.stringify(session));
  clock.advance(100_000);
  const { usd, usdPerHour } = await windows.spending();
  expect(usd).toBeCloseTo(0.01);
  expect(usdPerHour).toBe(0.36);
});

test('two windows that end at once both have their bills in the account', async () => {
  const { folder, clock } = setup();
  const bill = { audioSeconds: 10, billedSeconds: 12, costUsd: 0.0015 };
  const windows = [new Usage(folder, clock), new Usage(folder, clock)];
  await Promise.all(windows.flatMap((usage) => [usage.add(bill), usage.add(bill)]));
  expect(await windows[0]?.thisMonth()).toMatchObject({ dictations: 4, billedSeconds: 48 });
  expect((await windows[1]?.months())?.length).toBe(1);
});
