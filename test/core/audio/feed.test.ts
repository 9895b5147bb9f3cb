import { describe, expect, test } from 'vitest';
import { Backlog, FRAME_BYTES, FRAME_MS } from '../../../src/core/audio/backlog.ts';
import { Feed, Pacer } from '../../../src/core/audio/feed.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';

function setup(pace: 'real-time' | 'as-taken' = 'real-time') {
  const clock = new FakeClock();
  const backlog = new Backlog();
  const told: string[] = [];
  const waiting: number[] = [];
  const feed = new Feed({
    clock,
    backlog,
    pace,
    stalls: 'given-up',
    onWaiting: (frames) => waiting.push(frames),
    onSkipped: (frames) => told.push(`skipped ${frames}`),
    onEmpty: () => told.push('empty'),
    onStalled: () => told.push('stalled'),
  });
  const outlet = {
    bufferedBytes: 0,
    sent: 0,
    sendAudio() {
      outlet.sent += 1;
    },
  };
  const capture = (frames: number) => {
    for (let frame = 0; frame < frames; frame += 1) {
      backlog.push(new Uint8Array(FRAME_BYTES), () => feed.supplied());
    }
  };
  return { clock, feed, outlet, told, waiting, capture };
}

describe('Feed', () => {
  test('sends nothing without a session', () => {
    const { clock, feed, outlet, told, capture } = setup();
    capture(10);
    feed.finish();
    clock.advance(60_000);
    expect([outlet.sent, told, clock.pending]).toEqual([0, [], 0]);
  });

  test('tells once all is sent that no more will come', () => {
    const { clock, feed, outlet, told, capture } = setup();
    capture(10);
    feed.attach(outlet);
    feed.finish();
    expect(told).toEqual([]);
    clock.advance(1_000);
    expect([outlet.sent, told]).toEqual([10, ['empty']]);
  });

  test('waits while the link takes nothing and says so after ten seconds', () => {
    const { clock, feed, outlet, told, capture } = setup();
    capture(10);
    outlet.bufferedBytes = 100_000;
    feed.attach(outlet);
    clock.advance(9_900);
    expect([outlet.sent, told]).toEqual([0, []]);
    clock.advance(200);
    expect(told).toEqual(['stalled']);
  });

  test('goes on where it was when the link takes data again', () => {
    const { clock, feed, outlet, told, capture } = setup();
    capture(10);
    outlet.bufferedBytes = 100_000;
    feed.attach(outlet);
    clock.advance(9_000);
    outlet.bufferedBytes = 0;
    clock.advance(9_000);
    expect([outlet.sent, told]).toEqual([10, []]);
  });

  test('stops when its session is gone and leaves no timer', () => {
    const { clock, feed, outlet, capture } = setup();
    capture(10);
    feed.attach(outlet);
    feed.detach();
    clock.advance(1_000);
    expect([outlet.sent, clock.pending]).toEqual([1, 0]);
  });

  test('lets the audio clock follow time when no audio comes', () => {
    const { clock, feed, outlet, capture } = setup();
    feed.attach(outlet);
    capture(1);
    clock.advance(250);
    expect(feed.sentMs).toBe(50);
    clock.advance(1_000);
    expect(feed.sentMs).toBe(1_300);
  });

  test('tells how much was never sent because more waited than is kept', () => {
    const { clock, feed, outlet, told, capture } = setup();
    capture(610);
    expect(feed.seek(4)).toBe(10);
    feed.attach(outlet);
    clock.advance(45);
    expect([outlet.sent, told]).toEqual([2, ['skipped 6']]);
  });

  test('tells how much waits', () => {
    const { clock, feed, outlet, waiting, capture } = setup();
    capture(3);
    feed.attach(outlet);
    clock.advance(1_000);
    expect(waiting).toEqual([1, 2, 3, 2, 1, 0]);
  });
});

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
