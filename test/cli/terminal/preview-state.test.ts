import { expect, test } from 'vitest';
import { INITIAL_PREVIEW, previewAfter } from '../../../src/cli/terminal/preview-state.ts';
import type { DictationEvent, DictationTrace } from '../../../src/core/index.ts';
import { finalEvent } from '../output/final-event.ts';
import { LISTENING } from './progress.ts';

function shown(...events: readonly (DictationEvent | DictationTrace)[]) {
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

test('how far the engine is behind stays until it has caught up, also when words come', () => {
  const behind: DictationTrace = { type: 'behind', behindMs: 3_000 };
  expect(shown(behind, finalEvent('Hello.')).behindMs).toBe(3_000);
  expect(shown(behind, { type: 'behind', behindMs: 0 })).toEqual(INITIAL_PREVIEW);
});

test('how far a recording is stays while the last of it is heard, and not when it is cut short', () => {
  const heard: DictationTrace = { type: 'heard', audioMs: 17_000, tookMs: 6_000 };
  const sent: DictationTrace = { type: 'stopping', reason: 'audio-ended' };
  expect(shown(heard, sent).heard).toEqual({ audioMs: 17_000, tookMs: 6_000 });
  expect(shown(sent).heard).toEqual({ audioMs: 0, tookMs: 0 });
  const cut: DictationTrace = { type: 'stopping', reason: 'user' };
  expect(shown(heard, cut).heard).toBeUndefined();
  expect(shown(heard, cut, { ...heard, audioMs: 18_000 }).heard).toBeUndefined();
});
