import { describe, expect, test } from 'vitest';
import { type Heard, noticeWords, type WordsSeen } from '../../../src/core/words/new-words.ts';
import type { Turn } from '../../../src/protocol/index.ts';
import { readTable } from '../../support/table.ts';

// Which words put the stop off? A row is what a service sent, turn by turn, and what is made of the
// last one. `0 hello@900`: a preview of turn 0, whose last word ends there; `0!` is its final; without
// a time the words carry none. A word that is not settled is in brackets: the transcript lacks it.

const ROWS = readTable(
  'sent before               | sent now             | heard        | title',
  `
   NEW WORDS
                             | 0 hello@500          | speech 500   | the first words
   0 hello@500               | 0 hello world@900    | speech 900   | further words
   0! no@500                 | 1! no@2000           | speech 2000  | the same words in a new turn, because people repeat themselves
   0 twenty five@900         | 0 25 now@1200        | speech 1200  | other words that end later, however short
   0 ice cream@900           | 0 icecream@950       | speech 950   | also where only a space makes the difference
   0 go@500                  | 0 go (for)@900       | speech 900   | a word that is not settled
                             | 0 hello              | speech       | words without times
   0 hello                   | 0 hello world        | speech       | further words without times
   0 icecream                | 0 ice cream          | speech       | which is more text
   0 hello@900               | 0 hello world        | speech       | more text, where the times are missing now
   0 hello                   | 0 hello world@900    | speech 900   | or were missing before
   0                         | 0 hello@500          | speech 500   | words after a turn without any
   0! hello@500, 1           | 1 hello@900          | speech 900   | and after a new one without any
   1 hello@900, 0            | 2 hello@1900         | speech 1900  | and after one that came too late
   NOTHING NEW
   0 hello world@900         | 0 hello world@900    | -            | a preview that is repeated
   0 hello@900, 0 hello@900  | 0 hello@900          | -            | and repeated
   0 hello world@900         | 0! Hello, world!@900 | -            | a formatted copy
   0 hello world             | 0! Hello, world!     | -            | without times
   0 hello world@900         | 0 hello worlds@900   | -            | a rewrite that ends no later, however long
   0 hello world@900         | 0 hello word@800     | -            | or sooner
   0 hello world             | 0 hello word         | -            | a rewrite without times that is no longer
   0 hello                   | 0 hallo              | -            | nor shorter
   0 hello world@900         | 0 hello world@9000   | -            | a repetition whose times run away
                             | 0                    | -            | a turn without words
   0 hello@900               | 0                    | -            | the same turn, without words
   0 hello                   | 0                    | -            | also where they had no times
   0! hello@900              | 1                    | -            | a new turn without words
   0 hello@900, 0            | 0 hello@900          | -            | the same words after a turn without any
   0 hello, 0                | 0 hello              | -            | also without times
   0! twenty@900             | 0! $20.@1100         | -            | whatever follows the final of its turn
   0!                        | 0 hello@900          | -            | also where the final had no words
   0 hello@900, 0!           | 0 hello world@1500   | -            | or had them before
   0 hello@900, 0! hello@900 | 0 hello world@1500   | -            | or repeated them
   3 b@900                   | 2 late@950           | -            | an earlier turn
   THE SAME WORDS, WITH A BETTER IDEA OF WHEN THEY ENDED
   0 hello@900               | 0! Hello.@1140       | refined 1140 | a final that puts their end a little later
   0 hello@900               | 0! Hello.@1400       | refined 1400 | by half a second at most
   0 hello@900               | 0! Hello.@1401       | -            | and not more
   0 hello@900, 0            | 0 hello@950          | refined 950  | after a turn without words
   0 hello@900, 0 hello@1000 | 0 hello@1400         | refined 1400 | it is measured from when they first came
   0 hello@900, 0 hello@1000 | 0 hello@1401         | -            | so that repetitions get no further
   0 hello                   | 0! Hello.@1140       | -            | without times before there is nothing to measure
   0 hello@900               | 0! Hello.            | -            | nor without times now
`,
);

function turnOf(text: string): Turn {
  const [, order, bang, said = '', end] = /^(\d+)(!?) ?([^@]*)@?(\d*)$/.exec(text) ?? [];
  if (order === undefined) throw new Error(`"${text}" is no turn`);
  const texts = said.replace(/[()]/g, '').split(' ').filter(Boolean);
  // The word that ends last may be any of them: here it is the second, where there is one.
  const last = Math.min(1, texts.length - 1);
  const words = texts.map((each, index) => ({
    text: each,
    startMs: 0,
    endMs: Number(end) - Math.abs(index - last),
    confidence: 1,
  }));
  return {
    order: Number(order),
    isFinal: bang === '!',
    isFormatted: bang === '!',
    transcript: said.replace(/ ?\(.*\)/, ''),
    words: end ? words : [],
  };
}

function inWords(heard: Heard): string {
  if (heard.kind === 'nothing-new') return '-';
  const kind = heard.kind === 'speech-refined' ? 'refined' : heard.kind;
  return heard.endMs === undefined ? kind : `${kind} ${heard.endMs}`;
}

describe('which words put the stop off', () => {
  for (const { 'sent before': before, 'sent now': now, heard, title } of ROWS) {
    test(`${[before, now].filter(Boolean).join(', then ')}: ${title}`, () => {
      let seen: WordsSeen | undefined;
      for (const each of sentIn(before)) seen = noticeWords(seen, turnOf(each)).seen;
      expect(inWords(noticeWords(seen, turnOf(now)).heard)).toBe(heard);
    });
  }
});

/** A comma may also be said: only one before a number begins the next turn. */
function sentIn(text: string): readonly string[] {
  return text.split(/, (?=\d)/).filter(Boolean);
}
