import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderPreview, type TerminalView } from '../../../src/cli/terminal/preview.ts';
import type { PreviewState } from '../../../src/cli/terminal/preview-state.ts';
import { counted, LISTENING } from './progress.ts';

const WIDE: TerminalView = { columns: 80, rows: 24, keys: 'read', hangUp: 'stops' };

function texts(state: PreviewState, view: TerminalView = WIDE): readonly string[] {
  return renderPreview(state, view).map(({ text }) => text);
}

describe('renderPreview', () => {
  test('says what is going on below the words', () => {
    const partial = { turn: 0, text: 'so we went' };
    expect(texts({ progress: LISTENING, partial })).toEqual([
      'so we went',
      'listening … (Enter: finish)',
    ]);
  });

  test('counts down and offers the key that puts the stop off', () => {
    const countdown = { remainingMs: 2_960, reason: 'silence' } as const;
    expect(texts({ progress: counted(countdown) })).toEqual([
      'stops in 3 s (space: keep listening, Enter: finish)',
    ]);
    expect(texts({ progress: counted(countdown) }, { ...WIDE, hangUp: 'sends' })).toEqual([
      'sends in 3 s (space: keep listening, Enter: finish)',
    ]);
    expect(texts({ progress: counted(countdown) }, { ...WIDE, columns: 40 })).toEqual([
      'stops in 3 s',
    ]);
  });

  test('says how far a slow machine is behind, and not while it counts', () => {
    expect(texts({ progress: LISTENING, behindMs: 3_000 })).toEqual([
      'listening, 3 s behind … (Enter: finish)',
    ]);
    const countdown = { remainingMs: 2_960, reason: 'silence' } as const;
    expect(texts({ progress: counted(countdown), behindMs: 3_000 })).toEqual([
      'stops in 3 s (space: keep listening, Enter: finish)',
    ]);
  });

  test('says how far a recording is, and how long the rest takes at the pace so far', () => {
    const view = { ...WIDE, lengthMs: 29_300 };
    const at = (audioMs: number, tookMs: number) =>
      texts({ progress: LISTENING, heard: { audioMs, tookMs } }, view);
    expect(at(1_000, 1_900)).toEqual(['0:01 of 0:29 … (Enter: finish)']);
    expect(at(17_000, 5_500)).toEqual(['0:17 of 0:29, 4 s left … (Enter: finish)']);
    expect(at(29_000, 9_000)).toEqual(['listening … (Enter: finish)']);
  });

  test('says minutes and hours of a long recording as a player does', () => {
    const heard = { audioMs: 600_000, tookMs: 300_000 };
    expect(texts({ progress: LISTENING, heard }, { ...WIDE, lengthMs: 3_723_000 })).toEqual([
      '10:00 of 1:02:03, 26:02 left … (Enter: finish)',
    ]);
  });

  test('says how far it is while the engine hears what it was sent', () => {
    const view = { ...WIDE, lengthMs: 29_000 };
    const stopping = { kind: 'stopping' } as const;
    const nothing = { audioMs: 0, tookMs: 0 };
    expect(texts({ progress: stopping, heard: nothing }, view)).toEqual(['0:00 of 0:29 …']);
    const heard = { audioMs: 17_000, tookMs: 5_500 };
    expect(texts({ progress: stopping, heard }, view)).toEqual(['0:17 of 0:29, 4 s left …']);
    const whole = { audioMs: 29_000, tookMs: 9_000 };
    expect(texts({ progress: stopping, heard: whole }, view)).toEqual(['finishing …']);
  });

  test('says how much was heard of a recording whose length nobody knows', () => {
    const heard = { audioMs: 17_000, tookMs: 5_500 };
    expect(texts({ progress: LISTENING, heard })).toEqual(['0:17 so far … (Enter: finish)']);
  });

  test('offers no key where none reaches it or none would help', () => {
    const silence = { remainingMs: 1_000, reason: 'no-speech' } as const;
    expect(texts({ progress: counted(silence) }, { ...WIDE, keys: 'none' })).toEqual([
      'nothing heard yet: stops in 1 s',
    ]);
    const longest = { remainingMs: 1_000, reason: 'max-duration' } as const;
    expect(texts({ progress: counted(longest) }, { ...WIDE, hangUp: 'sends' })).toEqual([
      'time limit reached: stops in 1 s (Enter: finish)',
    ]);
  });

  test('shows the end of words that are taller than the terminal', () => {
    const text = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    const lines = texts(
      { progress: LISTENING, partial: { turn: 0, text } },
      { ...WIDE, columns: 13, rows: 4 },
    );
    expect(lines).toEqual(['word28', 'word29', 'listening …']);
  });

  test('breaks no more of an endless turn than fits on the screen', () => {
    const text = 'word '.repeat(400_000);
    const startedAtMs = performance.now();
    for (let times = 0; times < 20; times += 1) {
      texts({ progress: LISTENING, partial: { turn: 0, text } });
    }
    // Breaking all two million characters takes seconds each time.
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });

  test('never fills the width of the terminal, whatever is said', () => {
    const size = fc.record({
      columns: fc.integer({ min: 4, max: 200 }),
      rows: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), size, (text, { columns, rows }) => {
        const view = { columns, rows, keys: 'none', hangUp: 'stops' } as const;
        const lines = texts({ progress: LISTENING, partial: { turn: 0, text } }, view);
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
        for (const line of lines) expect(stringWidth(line)).toBeLessThan(columns);
      }),
    );
  });
});
