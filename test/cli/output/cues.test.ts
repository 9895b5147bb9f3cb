import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cuesOf, LINE_COLUMNS } from '../../../src/cli/output/cues.ts';
import { finalEvent } from './final-event.ts';

const LONG = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');

describe('cuesOf', () => {
  test('cuts a long turn at words into cues of two lines', () => {
    const cues = cuesOf(finalEvent(LONG, { endMs: 20_000 }), 0);
    expect(cues.length).toBeGreaterThan(2);
    expect(cues.flatMap((cue) => cue.lines).join(' ')).toBe(LONG);
    for (const { lines, startMs, endMs } of cues) {
      expect(lines.length).toBeLessThanOrEqual(2);
      expect(endMs - startMs).toBeLessThanOrEqual(7_000);
    }
  });

  test('ends a cue at a pause, so that words do not show before they are said', () => {
    const { words, ...final } = finalEvent('yes no', { endMs: 2_000 });
    const late = words.map((word, index) => ({
      ...word,
      startMs: word.startMs + index * 3_000,
      endMs: word.endMs + index * 3_000,
    }));
    expect(cuesOf({ ...final, words: late }, 0)).toEqual([
      { startMs: 0, endMs: 1_000, lines: ['yes'] },
      { startMs: 4_000, endMs: 5_000, lines: ['no'] },
    ]);
  });

  test('cuts the text itself, so that a language without spaces gets none', () => {
    const words = ['今日', 'は'].map((text, index) => ({
      text,
      startMs: index * 500,
      endMs: index * 500 + 500,
      confidence: 1,
    }));
    const [cue] = cuesOf({ ...finalEvent('今日は。'), words }, 0);
    expect(cue?.lines).toEqual(['今日は。']);
  });

  test('spreads the time over the text where the words do not match it', () => {
    const final = { ...finalEvent('Twenty-one.', { endMs: 2_000 }), words: [] };
    expect(cuesOf(final, 0)).toEqual([{ startMs: 0, endMs: 2_000, lines: ['Twenty-one.'] }]);
  });

  test('leaves no word alone in a cue', () => {
    const text =
      'a sentence of a good length that nearly fills both of the lines of one cue afterwards';
    const cues = cuesOf(finalEvent(text, { endMs: 6_900 }), 0);
    expect(cues.length).toBeGreaterThan(1);
    for (const { lines } of cues) expect(lines.join(' ')).toContain(' ');
    expect(cues.flatMap(({ lines }) => lines).join(' ')).toBe(text);
  });

  test('measures no character of an endless word twice', () => {
    const final = {
      ...finalEvent('x'),
      text: `${'\u200b'.repeat(6_000)}${'ab'.repeat(3_000)}`,
      words: [],
    };
    const startedAtMs = performance.now();
    cuesOf(final, 0);
    // Measured again with each that follows, it takes minutes.
    expect(performance.now() - startedAtMs).toBeLessThan(8_000);
  });

  test('keeps to its width, in order and without overlap, whatever is said', () => {
    const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 60_000 }), (parts, endMs) => {
        const final = finalEvent(parts.join(' ').replace(/\s+/gu, ' '), { endMs });
        let before = 0;
        for (const { startMs, endMs: end, lines } of cuesOf(final, 0)) {
          expect(startMs).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(startMs);
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(LINE_COLUMNS);
          before = end;
        }
      }),
    );
  });
});
