import { describe, expect, test } from 'vitest';
import { Countdown } from '../../../src/core/silence/countdown.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { lookUp, partsOf, readTable } from '../../support/table.ts';

// What a person is shown before it hangs up, and when it does. A row is one dictation: its limits
// (silence, no speech, longest, and how long the warning is), what happens, and what is told. Each
// entry begins with its moment; all in seconds.

const ROWS = readTable(
  'limits    | what happens                                           | what is told                                                                                                          | title',
  `
   THE COUNT
   5 10 60 3 | 0 opens, 30                                            | 7 no-speech 3, 8 no-speech 2, 9 no-speech 1, 10 cleared, 10 due no-speech                                             | each of the last seconds is told, and no message is needed for the stop
   5 10 60 3 | 0 opens, 7.5 words 7, 12.2                             | 7 no-speech 3, 7.5 cleared, 9.6 silence 2.5, 10.1 silence 2, 11.1 silence 1, 12.1 cleared, 12.1 due silence           | words take the warning back; the silence counts from where they ended
   5 10 60 9 | 0 opens, 10                                            | 5 no-speech 5, 6 no-speech 4, 7 no-speech 3, 8 no-speech 2, 9 no-speech 1, 10 cleared, 10 due no-speech               | a warning is no longer than half of its limit
   0 0 8 3   | 0 voice, 8                                             | 5 max-duration 3, 6 max-duration 2, 7 max-duration 1, 8 cleared, 8 due max-duration                                   | the end of the longest dictation is shown, also to somebody who speaks
   5 10 60 0 | 0 opens, 10                                            | 10 due no-speech                                                                                                      | without a warning the stop comes all the same
   NO SESSION
   5 10 0 3  | 20 opens, 26 closes, 46                                |                                                                                                                       | nothing counts before a session is open, nor after
   5 10 0 3  | 1 words 1, 30                                          |                                                                                                                       | nor do words, before samples flow
   5 10 0 3  | 0 opens, 8 closes, 30                                  | 7 no-speech 3, 8 no-speech 2, 8 cleared                                                                               | a loss takes the warning back
   5 10 60 0 | 0 opens, 8 closes, 9 opens, 19                         | 19 due no-speech                                                                                                      | without words, the next session counts from its beginning
   5 10 60 0 | 0 opens, 2 words 2, 3 closes, 19 late 17, 20 opens, 25 | 24.1 due silence                                                                                                      | after words, it goes on counting from the last one
   WHERE WORDS END
   5 10 60 0 | 0 opens, 4 words, 9.2                                  | 9.1 due silence                                                                                                       | words without times end now
   5 10 60 0 | 0 opens, 1 words 600, 1 words 0.5, 12                  | 11.1 due silence                                                                                                      | no word ends more than five seconds ahead of the audio, and none takes back a later one
   5 10 60 0 | 0 opens, 2 words 2, 2 refined 2.3, 8                   | 7.4 due silence                                                                                                       | a better idea of where they ended is followed
   5 10 60 0 | 0 opens, 2 words 2, 2 refined 1, 8                     | 7.1 due silence                                                                                                       | but not back
   5 10 60 0 | 0 opens, 2 words 2, 2 refined 2.3, 2 words 2.1, 8      | 7.4 due silence                                                                                                       | nor is it forgotten
   5 10 60 0 | 0 opens, 1 refined 6, 2 words 2, 8                     | 7.1 due silence                                                                                                       | without words there is nothing to refine
   5 10 60 0 | 0 opens, 2 words 2, 6 words 2, 8                       | 7.1 due silence                                                                                                       | words that came late count from where they ended
   THE PERSON IS THINKING
   5 10 60 0 | 0 opens, 9 keep, 19                                    | 19 due no-speech                                                                                                      | the count starts over before words
   5 10 60 0 | 0 opens, 2 words 2, 5 keep, 11                         | 10.1 due silence                                                                                                      | and after them
   5 10 60 0 | 0 opens, 2 words 2, 5 keep, 6 words 2.4, 11            | 10.1 due silence                                                                                                      | a word told late does not take the wish back
   5 10 60 3 | 0 opens, 8 keep, 20                                    | 7 no-speech 3, 8 no-speech 2, 8 cleared, 15 no-speech 3, 16 no-speech 2, 17 no-speech 1, 18 cleared, 18 due no-speech | the warning is taken back
   5 10 12 0 | 0 opens, 9 keep, 11.9 keep, 12                         | 12 due max-duration                                                                                                   | the longest dictation cannot be put off
   5 10 12 0 | 0 opens, 8 words 8, 11 words 11, 11.9 keep, 12         | 12 due max-duration                                                                                                   | by words neither
   A VOICE AT THE LAST MOMENT MAY BE A WORD ON ITS WAY
   5 10 60 3 | 0 opens, 9.2 voice, 9.3 quiet, 13                      | 7 no-speech 3, 8 no-speech 2, 9 no-speech 1, 9.25 cleared, 9.6 no-speech 0.4, 10 cleared, 12 due no-speech            | it is waited for, two seconds and no more
   5 10 60 0 | 0 opens, 9 voice, 9.299 quiet, 13                      | 10 due no-speech                                                                                                      | not where the voice is longer ago
   5 10 60 0 | 0 opens, 9 voice, 30                                   | 12 due no-speech                                                                                                      | noise that goes on is waited for no longer
   5 10 60 0 | 0 opens, 9 voice, 11 words 10.9, 11 quiet, 17          | 16 due silence                                                                                                        | words that come meanwhile have their full time
   5 10 60 0 | 0 opens, 9 voice, 11 words 10.9, 20                    | 18 due silence                                                                                                        | and are waited for anew
   0 0 8 0   | 0 voice, 9                                             | 8 due max-duration                                                                                                    | the longest dictation waits for no word
   WHO SPEAKS IS SHOWN NO COUNT
   5 10 60 3 | 0 opens, 6.9 voice, 7.6 quiet, 10                      | 7.9 no-speech 2.1, 8 no-speech 2, 9 no-speech 1, 10 cleared, 10 due no-speech                                         | it begins when the voice is 0.3 s ago
   5 10 60 3 | 0 opens, 7.6 voice, 13                                 | 7 no-speech 3, 7.75 cleared, 12 due no-speech                                                                         | a voice takes it back within a quarter of a second
   5 10 60 3 | 0 opens, 6.5 partial, 10                               | 7.5 no-speech 2.5, 8 no-speech 2, 9 no-speech 1, 10 cleared, 10 due no-speech                                         | it begins when the preview is 1 s ago
   5 10 60 3 | 0 opens, 7.5 partial, 10                               | 7 no-speech 3, 7.5 cleared, 8.5 no-speech 1.5, 9 no-speech 1, 10 cleared, 10 due no-speech                            | a preview takes it back at once
   5 10 60 3 | 0 opens, 9.9 partial, 11                               | 7 no-speech 3, 8 no-speech 2, 9 no-speech 1, 9.9 cleared, 10 due no-speech                                            | but does not put the stop off
   0 0 8 3   | 6.5 partial, 8                                         | 5 max-duration 3, 6 max-duration 2, 7 max-duration 1, 8 cleared, 8 due max-duration                                   | who is about to be cut off has to know
   AUDIO THAT WAITS
   5 10 60 0 | 0 opens, 0 late 4, 12 late 0, 14                       | 13 due no-speech                                                                                                      | it has not been listened to; when it flows, that is seen within a second
   THE END
   5 10 60 3 | 0 opens, 8 stop, 8 words 7, 30                         | 7 no-speech 3, 8 no-speech 2, 8 cleared                                                                               | words that come after a stop put nothing off
`,
);

function play(limits: string, happens: string): { readonly told: string; readonly looks: number } {
  const clock = new FakeClock();
  const told: string[] = [];
  const tell = (what: string) => told.push(`${clock.now() / 1_000} ${what}`);
  let quietSinceMs: number | 'voice' = Number.NEGATIVE_INFINITY;
  let lateMs = 0;
  let looks = 0;
  const [silenceMs = 0, noSpeechMs = 0, maxMs = 0, warningMs = 0] = limits.split(' ').map(ms);
  const countdown = new Countdown({
    clock,
    limits: { silenceMs, noSpeechMs, maxMs, warningMs },
    audioMs: () => {
      looks += 1;
      return clock.now() - lateMs;
    },
    sinceVoiceMs: () => (quietSinceMs === 'voice' ? 0 : clock.now() - quietSinceMs),
    onCountdown: (remainingMs, reason) => tell(`${reason} ${remainingMs / 1_000}`),
    onCleared: () => tell('cleared'),
    onDue: (reason) => {
      tell(`due ${reason}`);
      countdown.stop();
    },
  });
  const events: Readonly<Record<string, (seconds: string | undefined) => void>> = {
    opens: () => countdown.sessionOpened(),
    closes: () => countdown.sessionClosed(),
    words: (end) => countdown.heardWords(end === undefined ? undefined : ms(end)),
    refined: (end = '') => countdown.refineEnd(ms(end)),
    partial: () => countdown.heardPartial(),
    keep: () => countdown.keepListening(),
    stop: () => countdown.stop(),
    voice: () => {
      quietSinceMs = 'voice';
    },
    quiet: () => {
      quietSinceMs = clock.now();
    },
    late: (seconds = '') => {
      lateMs = ms(seconds);
    },
  };
  for (const part of partsOf(happens)) {
    const [at = '', event, seconds] = part.split(' ');
    clock.advance(ms(at) - clock.now());
    if (event !== undefined) lookUp(events, event)(seconds);
  }
  return { told: told.join(', '), looks };
}

function ms(seconds: string): number {
  return Math.round(Number(seconds) * 1_000);
}

describe('what is shown before it hangs up', () => {
  for (const { limits, 'what happens': happens, 'what is told': told, title } of ROWS) {
    test(`${happens}: ${title}`, () => {
      expect(play(limits, happens).told).toBe(told);
    });
  }

  test('it looks at the audio once a second while nothing is near', () => {
    expect(play('60 60 0 3', '0 opens, 50').looks).toBeLessThan(60);
  });
});
