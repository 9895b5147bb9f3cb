import { describe, expect, test } from 'vitest';
import { FRAME_MS } from '../../../src/core/audio/framer.ts';
import { Pacer } from '../../../src/core/audio/pacer.ts';

const INTERVAL_MS = FRAME_MS / 1.2;

/** When each of so many frames that all wait goes out, where timers are late by so much. */
function drain(frames: number, lateMs: (timer: number) => number): readonly number[] {
  const pacer = new Pacer();
  const sentAtMs: number[] = [];
  for (let [nowMs, timer] = [0, 0]; sentAtMs.length < frames; ) {
    const waitMs = pacer.waitMs(nowMs);
    if (waitMs > 0) {
      nowMs += waitMs + lateMs(timer);
      timer += 1;
    } else {
      pacer.sent(nowMs);
      sentAtMs.push(nowMs);
    }
  }
  return sentAtMs;
}

/** The most audio sent beyond 1.25 times real time, over any stretch. */
function mostAheadMs(sentAtMs: readonly number[]): number {
  let [aheadMs, mostMs, lastMs] = [0, 0, 0];
  for (const atMs of sentAtMs) {
    aheadMs = Math.max(0, aheadMs - (atMs - lastMs) * 1.25) + FRAME_MS;
    mostMs = Math.max(mostMs, aheadMs);
    lastMs = atMs;
  }
  return mostMs;
}

describe('Pacer', () => {
  test.for([
    ['never late', () => 0],
    ['as late as on Windows every time', () => 15.6],
    ['a frame late every time', () => 41],
    ['late by turns', (timer: number) => (timer % 3) * 15],
  ] as const)('keeps 1.2 times real time with timers that are %s', ([, lateMs]) => {
    const sentAtMs = drain(241, lateMs);
    expect(sentAtMs.at(-1)).toBeLessThan(240 * INTERVAL_MS + 42);
    expect(mostAheadMs(sentAtMs)).toBeLessThanOrEqual(2 * FRAME_MS);
  });

  test('makes no burst of a long delay', () => {
    const sentAtMs = drain(240, (timer) => (timer % 40 === 0 ? 500 : 0));
    expect(mostAheadMs(sentAtMs)).toBeLessThanOrEqual(2 * FRAME_MS);
  });

  test('owes nothing for the time in which there was nothing to send', () => {
    const pacer = new Pacer();
    pacer.sent(0);
    pacer.sent(1_000);
    expect(pacer.waitMs(1_000)).toBeCloseTo(INTERVAL_MS);
  });
});
