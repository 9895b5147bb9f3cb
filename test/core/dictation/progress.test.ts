import { describe, expect, test } from 'vitest';
import { type Progress, progressAfter } from '../../../src/core/dictation/progress.ts';
import type { DictationEvent, DictationTrace } from '../../../src/core/events.ts';
import { lookUp, partsOf, readTable } from '../../support/table.ts';

// What is a person shown? A row is one dictation: what is told, a second apart, and what it is shown as.
// `listening 1`: listening since 1 s. `-`: nothing new.

const COUNTING = { type: 'countdown', remainingMs: 2_990 } as const;

const EVENTS: Readonly<Record<string, DictationEvent | DictationTrace>> = {
  begin: { type: 'begin', sessionId: 'two', model: 'm' },
  samples: { type: 'listening', engine: 'local', device: 'mic' },
  partial: { type: 'partial', turn: 1, text: 'hello' },
  'silence counts': { ...COUNTING, reason: 'silence' },
  'no speech counts': { ...COUNTING, reason: 'no-speech' },
  'longest counts': { ...COUNTING, reason: 'max-duration' },
  cleared: { type: 'countdown-cleared' },
  lost: { type: 'reconnecting', attempt: 2, delayMs: 300, code: 1006 },
  stopping: { type: 'stopping', reason: 'silence' },
  error: { type: 'error', code: 'no-samples', message: 'Nothing is heard' },
  end: {
    type: 'end',
    reason: 'silence',
    finals: 1,
    audioSeconds: 3,
    billedSeconds: 3,
    billedIsEstimate: false,
    costUsd: 0,
  },
};

const ROWS = readTable(
  'what is told                                    | what is shown                                                    | title',
  `
   begin                                           | -                                                                | nothing new before samples flow
   partial, samples                                | -, listening 1                                                   | listening, once they do
   samples, begin                                  | listening 0, -                                                   | whether the session has begun or not
   samples, partial                                | listening 0, -                                                   | words are shown elsewhere
   samples, silence counts                         | listening 0, counting-down 0 2990 silence yes                    | the count, which may be put off
   samples, no speech counts                       | listening 0, counting-down 0 2990 no-speech yes                  | this one, too
   samples, longest counts                         | listening 0, counting-down 0 2990 max-duration no                | the longest dictation may not
   longest counts                                  | counting-down 0 2990 max-duration no                             | it counts before samples flow, too
   samples, silence counts, cleared                | listening 0, counting-down 0 2990 silence yes, listening 0       | listening again, when it is put off
   samples, cleared                                | listening 0, -                                                   | a count that was not shown is not taken back
   samples, partial, lost, begin                   | listening 0, -, reconnecting 0, listening 0                      | a lost connection, and the next one
   samples, silence counts, lost                   | listening 0, counting-down 0 2990 silence yes, reconnecting 0    | instead of a count
   lost, begin                                     | -, -                                                             | still connecting where nothing was heard before
   samples, stopping, lost, samples                | listening 0, stopping, -, -                                      | the stop, whatever comes after it
   samples, silence counts, stopping, cleared, end | listening 0, counting-down 0 2990 silence yes, stopping, -, idle | no flash of listening between the count and the end
   samples, stopping, end                          | listening 0, stopping, idle                                      | the end
   samples, error, end                             | listening 0, problem no-samples Nothing is heard, -              | a problem, also after the end
`,
);

/** Seconds; the rest as it is. */
function inWords(progress: Progress): string {
  if (progress.kind === 'problem') return `problem ${Object.values(progress.error).join(' ')}`;
  const facts =
    'sinceMs' in progress ? { ...progress, sinceMs: progress.sinceMs / 1_000 } : progress;
  return Object.values(facts).join(' ');
}

describe('what a person is shown', () => {
  for (const { 'what is told': told, 'what is shown': shown, title } of ROWS) {
    test(`${told}: ${title}`, () => {
      let progress: Progress = { kind: 'connecting' };
      const seen = partsOf(told).map((event, second) => {
        const before = progress;
        progress = progressAfter(before, lookUp(EVENTS, event), second * 1_000);
        return progress === before ? '-' : inWords(progress);
      });
      expect(seen.join(', ')).toBe(shown);
    });
  }
});
