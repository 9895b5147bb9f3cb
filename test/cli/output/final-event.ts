import type { DictationEvent, Word } from '../../../src/core/index.ts';

export type Final = Extract<DictationEvent, { type: 'final' }>;

/** A final whose words, one for each piece between spaces, share its time evenly. */
export function finalEvent(
  text: string,
  {
    startMs = 0,
    endMs = 1_000,
    turn = 0,
  }: { startMs?: number; endMs?: number; turn?: number } = {},
): Final {
  const parts = text.split(' ').filter(Boolean);
  const at = (index: number) => startMs + ((endMs - startMs) * index) / parts.length;
  const words: readonly Word[] = parts.map((part, index) => ({
    text: part,
    startMs: at(index),
    endMs: at(index + 1),
    confidence: 0.9,
  }));
  return { type: 'final', turn, text, startMs, endMs, words, sessionId: 'session' };
}
