import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WordClock } from '../../../src/engine/session/word-clock.ts';

test('a word is taken to have ended shortly before it was first shown, and keeps that time', () => {
  const clock = new WordClock();
  clock.stamp(['hello'], 1_000);
  const words = clock.stamp(['hullo', 'world'], 1_400);

  expect(words).toMatchObject([
    { text: 'hullo', startMs: 380, endMs: 680 },
    { text: 'world', startMs: 780, endMs: 1_080 },
  ]);
});

test('words that show up together share the time since the last one', () => {
  const clock = new WordClock();
  clock.stamp(['a'], 1_000);

  expect(clock.stamp(['a', 'b', 'c'], 1_200).map(({ endMs }) => endMs)).toEqual([680, 780, 880]);
});

test('the next turn begins after the last word of the one before', () => {
  const clock = new WordClock();
  clock.stamp(['a', 'b'], 1_000);
  clock.finish(950);

  expect(clock.stamp(['c'], 1_100)).toMatchObject([{ startMs: 950, endMs: 950 }]);
});

test('times never run backwards, whatever the recogniser takes back', () => {
  const partial = fc.record({ count: fc.nat({ max: 8 }), stepMs: fc.nat({ max: 900 }) });
  fc.assert(
    fc.property(fc.array(partial), (partials) => {
      const clock = new WordClock();
      let heardMs = 0;
      for (const { count, stepMs } of partials) {
        heardMs += stepMs;
        const times = clock
          .stamp(Array(count).fill('word'), heardMs)
          .flatMap(({ startMs, endMs }) => [startMs, endMs]);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.at(-1) ?? 0).toBeLessThanOrEqual(heardMs);
      }
    }),
  );
});
