import { expect, test } from 'vitest';
import { INITIAL_PREVIEW, previewAfter } from '../../../src/cli/terminal/preview-state.ts';
import type { DictationEvent } from '../../../src/core/index.ts';
import { finalEvent } from '../output/final-event.ts';
import { LISTENING } from './progress.ts';

function shown(...events: readonly DictationEvent[]) {
  return events.reduce(previewAfter, INITIAL_PREVIEW);
}

test('a partial goes when its final comes', () => {
  const listening: DictationEvent = { type: 'listening', engine: 'local', device: 'talk.wav' };
  const partial: DictationEvent = { type: 'partial', turn: 0, text: 'hel' };
  expect(shown(listening, partial, finalEvent('Hello.'))).toEqual({ progress: LISTENING });
});

test('the partial of the next turn stays when a held final comes late', () => {
  const partial: DictationEvent = { type: 'partial', turn: 1, text: 'and' };
  expect(shown(partial, finalEvent('Hello.')).partial).toEqual({ turn: 1, text: 'and' });
});
