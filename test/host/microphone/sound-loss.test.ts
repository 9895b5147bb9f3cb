import { describe, expect, test } from 'vitest';
import { SoundLoss } from '../../../src/host/microphone/sound-loss.ts';

const BYTES_PER_MS = 32;

/** Each piece as [when it came, how many milliseconds of sound it held]; gives what was told, and when. */
function told(pieces: Iterable<readonly [number, number]>): readonly (readonly [number, number])[] {
  const loss = new SoundLoss();
  return [...pieces].flatMap(([atMs, soundMs]) => {
    const share = loss.heard(soundMs * BYTES_PER_MS, atMs);
    return share === undefined ? [] : [[atMs, Math.round(share * 100)] as const];
  });
}

function* every(pieceMs: number, soundMs: number, untilMs: number, late = (_: number) => 0) {
  for (let atMs = pieceMs; atMs <= untilMs; atMs += pieceMs)
    yield [atMs + late(atMs), soundMs] as const;
}

describe('a recording beside the clock', () => {
  test('that keeps up loses nothing', () => {
    expect(told(every(100, 100, 60_000))).toEqual([]);
  });

  test('whose pieces come late, all at once, loses nothing', () => {
    const late = (atMs: number) => (atMs % 3_000 < 900 ? 900 - (atMs % 3_000) : 0);
    expect(told(every(100, 100, 60_000, late))).toEqual([]);
  });

  test('of a card one thousandth slow loses nothing', () => {
    expect(told(every(100, 99.9, 600_000))).toEqual([]);
  });

  test('that lacks 4 of 100 ms is told after two windows, and again while it lasts', () => {
    expect(told(every(100, 96, 16_000))).toEqual([
      [10_100, 4],
      [15_100, 4],
    ]);
  });

  test('that lost a second once is told once', () => {
    function* pieces() {
      yield* every(100, 100, 7_000);
      for (let atMs = 8_100; atMs < 40_000; atMs += 100) yield [atMs, 100] as const;
    }
    expect(told(pieces())).toEqual([[15_100, 20]]);
  });
});
