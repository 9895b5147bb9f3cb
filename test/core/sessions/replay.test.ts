import { describe, expect, test } from 'vitest';
import { Backlog, FRAME_BYTES, FRAME_MS } from '../../../src/core/audio/backlog.ts';
import { Replay } from '../../../src/core/sessions/replay.ts';

const SPEECH = 6_000;

/** So many seconds of speech, with quiet from and to there, in milliseconds. */
function setup(seconds: number, ...quiet: readonly (readonly [fromMs: number, toMs: number])[]) {
  const backlog = new Backlog();
  for (let atMs = 0; atMs < seconds * 1_000; atMs += FRAME_MS) {
    const isQuiet = quiet.some(([fromMs, toMs]) => atMs >= fromMs && atMs < toMs);
    const samples = new Int16Array(FRAME_BYTES / 2).fill(isQuiet ? 1 : SPEECH);
    backlog.push(new Uint8Array(samples.buffer), () => {});
  }
  const replay = new Replay(backlog);
  /** Where a new session starts after so many seconds were sent, in milliseconds. */
  const restartMs = (sentSeconds = seconds) =>
    replay.restart((sentSeconds * 1_000) / FRAME_MS, seconds * 1_000) * FRAME_MS;
  return { backlog, replay, restartMs };
}

const word = (startMs: number, endMs: number) => ({ startMs, endMs });

describe('how far the audio became text', () => {
  test.for([
    { final: 'ends at 4 s', word: word(3_600, 4_000), sentMs: 6_000, committedMs: 4_000 },
    {
      final: 'ends after what was sent',
      word: word(3_600, 6_900),
      sentMs: 6_000,
      committedMs: 6_000,
    },
    { final: 'has no word times', word: undefined, sentMs: 6_000, committedMs: 5_580 },
    { final: 'has none, at the very start', word: undefined, sentMs: 100, committedMs: 0 },
  ])('a final that $final: $committedMs ms', ({ word, sentMs, committedMs }) => {
    const { replay } = setup(10);
    replay.committed(word, sentMs);
    expect(replay.committedMs).toBe(committedMs);
  });

  test('never goes back', () => {
    const { replay } = setup(10);
    replay.committed(word(5_000, 5_500), 9_000);
    replay.committed(word(4_000, 4_500), 9_000);
    expect(replay.committedMs).toBe(5_500);
  });

  test('a preview tells further, until a final takes its place', () => {
    const { replay } = setup(10);
    expect([replay.toldMs, replay.previewEndMs]).toEqual([0, 0]);
    replay.opened(word(1_000, 3_000));
    replay.opened(word(1_000, 2_800));
    replay.opened(undefined);
    expect([replay.committedMs, replay.toldMs, replay.previewEndMs]).toEqual([0, 3_000, 2_800]);
    replay.committed(word(2_400, 2_700), 9_000);
    expect([replay.committedMs, replay.toldMs]).toEqual([2_700, 2_700]);
  });

  test('audio is kept from half a second before the last word', () => {
    const { backlog, replay } = setup(10);
    replay.committed(word(3_600, 4_000), 6_000);
    expect(backlog.first * FRAME_MS).toBe(3_500);
  });
});

describe('where a new session starts', () => {
  test.for([
    // Nothing was said and nothing is known to have arrived: from the first sample
    { what: 'nothing known', committed: undefined, opened: undefined, arrivedMs: 0, restart: 0 },
    // Quiet that arrived needs no hearing
    {
      what: 'quiet, 9 s of it arrived',
      committed: undefined,
      opened: undefined,
      arrivedMs: 9_000,
      restart: 9_000,
    },
    // A turn was heard to begin: in the pause before it
    {
      what: 'a turn open at 6 s',
      committed: word(2_600, 3_000),
      opened: word(6_000, 7_000),
      arrivedMs: 0,
      restart: 5_800,
    },
    // Nothing is open: in the pause after the last word, and not later than what arrived
    {
      what: 'a final at 3 s, 3.4 s arrived',
      committed: word(2_600, 3_000),
      opened: undefined,
      arrivedMs: 3_400,
      restart: 3_400,
    },
  ])('$what: from $restart ms on', ({ what, committed, opened, arrivedMs, restart }) => {
    const quiet =
      what.startsWith('quiet') || what.startsWith('nothing') ? [0, 10_000] : [3_000, 6_000];
    const { replay, restartMs } = setup(10, [quiet[0] ?? 0, quiet[1] ?? 0]);
    if (committed) replay.committed(committed, 10_000);
    replay.opened(opened);
    replay.lost(arrivedMs);
    replay.lost(arrivedMs - 1_000);
    expect(restartMs()).toBe(restart);
  });

  test('never later than what was sent', () => {
    const { replay, restartMs } = setup(10, [3_000, 10_000]);
    replay.committed(word(2_600, 3_000), 10_000);
    replay.lost(9_000);
    expect(restartMs(4)).toBeLessThanOrEqual(4_000);
  });

  test('asks for audio that is no longer kept, so that the gap is told', () => {
    const { backlog, replay, restartMs } = setup(10);
    replay.lost(7_000);
    backlog.forget(5_000 / FRAME_MS);
    expect(restartMs()).toBe(2_000);
  });

  test('starts with the oldest audio where the last word is no longer kept', () => {
    const { backlog, replay, restartMs } = setup(20, [8_000, 8_600]);
    replay.committed(word(2_600, 3_000), 20_000);
    backlog.forget(8_000 / FRAME_MS);
    replay.opened(word(8_600, 9_500));
    expect(restartMs()).toBeGreaterThanOrEqual(8_000);
    expect(restartMs()).toBeLessThan(8_600);
  });
});
