import { describe, expect, test } from 'vitest';
import { INITIAL_PREVIEW, previewAfter } from '../../../src/cli/terminal/preview-state.ts';
import type { DictationEvent } from '../../../src/core/index.ts';
import { finalEvent } from '../output/final-event.ts';

function shown(...events: readonly DictationEvent[]) {
  return events.reduce(previewAfter, INITIAL_PREVIEW);
}

const LISTENING: DictationEvent = { type: 'listening', engine: 'local', device: 'talk.wav' };
const COUNTDOWN: DictationEvent = { type: 'countdown', remainingMs: 3_000, reason: 'silence' };

describe('previewAfter', () => {
  test('takes a partial away when its final comes', () => {
    const partial: DictationEvent = { type: 'partial', turn: 0, text: 'hel' };
    expect(shown(LISTENING, partial, finalEvent('Hello.'))).toEqual({ phase: 'listening' });
  });

  test('keeps the partial of the next turn when a held final comes late', () => {
    const partial: DictationEvent = { type: 'partial', turn: 1, text: 'and' };
    expect(shown(partial, finalEvent('Hello.')).partial).toEqual({ turn: 1, text: 'and' });
  });

  test('shows no countdown once the stop has begun', () => {
    const stopping: DictationEvent = { type: 'stopping', reason: 'silence' };
    expect(shown(LISTENING, COUNTDOWN, stopping)).toEqual({ phase: 'stopping' });
  });

  test('takes the countdown away when it is cleared', () => {
    expect(shown(LISTENING, COUNTDOWN, { type: 'countdown-cleared' })).toEqual({
      phase: 'listening',
    });
  });
});
