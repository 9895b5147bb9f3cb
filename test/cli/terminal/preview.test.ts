import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderPreview, type TerminalView } from '../../../src/cli/terminal/preview.ts';
import type { PreviewState } from '../../../src/cli/terminal/preview-state.ts';

const WIDE: TerminalView = { columns: 80, rows: 24, keys: 'keep-listening' };

function texts(state: PreviewState, view: TerminalView = WIDE): readonly string[] {
  return renderPreview(state, view).map(({ text }) => text);
}

describe('renderPreview', () => {
  test('says what is going on below the words', () => {
    const partial = { turn: 0, text: 'so we went' };
    expect(texts({ phase: 'listening', partial })).toEqual(['so we went', 'listening …']);
  });

  test('counts down and offers the key that puts the stop off', () => {
    const countdown = { remainingMs: 2_960, reason: 'silence' } as const;
    expect(texts({ phase: 'listening', countdown })).toEqual([
      'stops in 3 s (press any key to keep listening)',
    ]);
  });

  test('offers no key where none reaches it or none would help', () => {
    const silence = { remainingMs: 1_000, reason: 'no-speech' } as const;
    expect(texts({ phase: 'listening', countdown: silence }, { ...WIDE, keys: 'none' })).toEqual([
      'nothing heard yet: stops in 1 s',
    ]);
    const longest = { remainingMs: 1_000, reason: 'max-duration' } as const;
    expect(texts({ phase: 'listening', countdown: longest })).toEqual([
      'longest dictation reached: stops in 1 s',
    ]);
  });

  test('shows the end of words that are taller than the terminal', () => {
    const text = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const lines = texts(
      { phase: 'listening', partial: { turn: 0, text } },
      { ...WIDE, columns: 13, rows: 4 },
    );
    expect(lines).toEqual(['word28', 'word29', 'listening …']);
  });

  test('never fills the width of the terminal, whatever is said', () => {
    const size = fc.record({
      columns: fc.integer({ min: 4, max: 200 }),
      rows: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), size, (text, { columns, rows }) => {
        const view = { columns, rows, keys: 'none' } as const;
        const lines = texts({ phase: 'listening', partial: { turn: 0, text } }, view);
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
        for (const line of lines) expect(stringWidth(line)).toBeLessThan(columns);
      }),
    );
  });
});
