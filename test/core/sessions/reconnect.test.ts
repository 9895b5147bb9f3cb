import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/core/assemblyai/close-codes.ts';
import {
  type Attempts,
  type LostSession,
  type Moment,
  NO_ATTEMPTS,
  type Plan,
  planReconnect,
} from '../../../src/core/sessions/reconnect.ts';
import { partsOf, readTable } from '../../support/table.ts';

// What is done when a session is lost? A row is one loss, 100 s into the dictation: how the session
// ended (a close code, and what the service said), what it had been (begun, for 60 s, and a final came,
// where nothing is said), and what is remembered of those before. Seconds; waits are drawn in the middle.
// Remembered afterwards: tries that failed, short sessions, since when, and how long nobody spoke.

const ROWS = readTable(
  'ended                                                                 | had been                    | before                             | moment                   | plan                                                        | title',
  `
   IT LISTENED AND IS LOST: at once, whatever the reason
   1000                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | it terminated unasked
   1001                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | the service goes away
   1005                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | it is cut
   1006                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | it is cut in another way
   1011                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | the service failed
   1013                                                                  |                             |                                    |                          | retry 0: begun, since 100                                   | the service is busy
   3005 Session Cancelled: An error occurred                             |                             |                                    |                          | retry 0: begun, since 100                                   | the service gave up
   3007 Audio Transmission Rate Exceeded: Received 9 sec. audio in 2 sec |                             |                                    |                          | retry 0: begun, since 100                                   | it was fed too fast
   3008 Session Expired: Maximum session duration exceeded               |                             |                                    |                          | retry 0: begun, since 100                                   | it lived as long as any may
   stalled                                                               |                             |                                    |                          | retry 0: begun, since 100                                   | the link is stuck
   WHAT WOULD FAIL AGAIN IS NOT TRIED AGAIN
   1008 Unauthorized Connection: Invalid API key                         |                             |                                    |                          | give-up key-refused                                         | the key is refused
   1008 Insufficient balance                                             |                             |                                    |                          | give-up account-refused                                     | the account is
   1009                                                                  |                             |                                    |                          | give-up audio-refused                                       | a message of that size is
   3006 User Input Validation Error: Max 100 items                       |                             |                                    |                          | give-up request-refused                                     | a parameter is
   3007 Input Duration Error: 20 ms                                      |                             |                                    |                          | give-up audio-refused                                       | the frames are
   4104                                                                  |                             |                                    |                          | give-up service-failed                                      | a code nobody knows
   flooded                                                               |                             |                                    |                          | give-up service-failed                                      | more messages than any speech makes
   THE SERVICE HUNG UP ON SILENCE
   3006 Session terminated due to inactivity                             |                             |                                    |                          | idle                                                        | nothing was said: the end that was wanted
   3006 Session terminated due to inactivity                             | unsaid                      |                                    |                          | retry 0: begun, since 100                                   | something was: so it did not arrive
   TOO MANY SESSIONS: two to four seconds, then ten to twenty
   1008 Too many concurrent sessions                                     | open 0.1                    |                                    | chance 0                 | retry 2: failed 1, short 1, since 100, quiet 0              | at first
   3009 Too many concurrent sessions                                     | open 0.1                    |                                    | chance 1                 | retry 4: failed 1, short 1, since 100, quiet 0              | with the other code
   1008 Too many concurrent sessions                                     | open 0.1                    | failed 1                           | chance 0                 | retry 10: failed 2, short 1, since 100, quiet 0             | and again
   3009 Too many concurrent sessions                                     | open 0.1                    | failed 1                           | chance 1                 | retry 20: failed 2, short 1, since 100, quiet 0             | or later
   THE TOKEN HAS EXPIRED
   1008 Signature has expired                                            | open 0.1                    |                                    |                          | retry 0: failed 1, short 1, new token, since 100, quiet 0   | a new one is asked for at once
   1008 Signature has expired                                            | open 0.1                    |                                    | terminated 0.5           | retry 1.5: failed 1, short 1, new token, since 100, quiet 0 | or 2 s after a Terminate
   1008 Signature has expired                                            | open 0.1                    | new token                          |                          | give-up key-refused                                         | but once
   THE WAIT DOUBLES
   unreachable                                                           | never                       | begun                              | chance 0                 | retry 0.5: failed 1, begun, since 100, quiet 0              | half a second at least
   unreachable                                                           | never                       | begun                              | chance 1                 | retry 1: failed 1, begun, since 100, quiet 0                | after the first failure
   unreachable                                                           | never                       | begun, failed 1                    | chance 1                 | retry 2: failed 2, begun, since 100, quiet 0                | after the second
   unreachable                                                           | never                       | begun, failed 2                    | chance 1                 | retry 4: failed 3, begun, since 100, quiet 0                | after the third
   unreachable                                                           | never                       | begun, failed 2                    | chance 0.5               | retry 2.25: failed 3, begun, since 100, quiet 0             | in the middle
   unreachable                                                           | never                       | begun, failed 8                    | chance 1                 | retry 10: failed 9, begun, since 100, quiet 0               | ten seconds at most
   unreachable                                                           | never                       | begun, failed 8                    | chance 0                 | retry 0.5: failed 9, begun, since 100, quiet 0              | or soon, so that not all clients return as one
   1006                                                                  |                             |                                    | terminated 0.3           | retry 1.7: begun, since 100                                 | 2 s after a Terminate at least
   1006                                                                  |                             |                                    | terminated 3             | retry 0: begun, since 100                                   | and no more
   1006                                                                  |                             |                                    | terminated 0.3, chance 1 | retry 1.7: begun, since 100                                 | as long as it takes
   THE FIRST LOSS OF A SESSION THAT LISTENED IS MADE GOOD AT ONCE
   1006                                                                  | begun 6, wordless, unsaid   |                                    |                          | retry 0: failed 1, begun, since 100, quiet 6                | though no word came
   1006                                                                  | begun 5, wordless, unsaid   |                                    |                          | retry 0: failed 1, begun, since 100, quiet 5                | in 5 s
   1006                                                                  | begun 4.9, wordless, unsaid |                                    |                          | retry 0.75: failed 1, short 1, begun, since 100, quiet 4.9  | not in less
   1006                                                                  | open 6, wordless, unsaid    |                                    |                          | retry 0.75: failed 1, since 100, quiet 0                    | nor without having begun
   1006                                                                  | begun 6, wordless, unsaid   | failed 1                           |                          | retry 1.25: failed 2, begun, since 100, quiet 6             | nor a second time
   WHAT FAILED BEFORE IS FORGOTTEN
   1006                                                                  | begun 1, unsaid             | failed 5, short 2, begun, since 90 |                          | retry 0: begun, since 100                                   | after a final
   1006                                                                  | begun 30, wordless, unsaid  | failed 5, short 2, begun, since 90 |                          | retry 0: begun, since 100, quiet 30                         | after half a minute without words
   1006                                                                  | begun 29, wordless, unsaid  | failed 5, short 2, begun, since 90 |                          | retry 5.25: failed 6, short 2, begun, since 90, quiet 29    | not after less
   1006                                                                  | open 30, wordless, unsaid   | failed 5, short 2, begun, since 90 |                          | retry 5.25: failed 6, short 2, begun, since 90, quiet 0     | nor where it never began
   1006                                                                  | begun 30, wordless, unsaid  | begun, spoken                      |                          | retry 0: begun, since 100                                   | that words came once is not
   GIVING UP
   1006                                                                  | begun 1, wordless, unsaid   | short 1, begun                     |                          | retry 0.75: failed 1, short 2, begun, since 100, quiet 1    | two short sessions in a row are bad luck
   1006                                                                  | begun 1, wordless, unsaid   | short 2, begun                     |                          | give-up connection-lost                                     | three are not
   1006                                                                  | open 1, wordless, unsaid    | short 2, begun                     |                          | give-up connection-lost                                     | where it never began
   unreachable                                                           | never                       | short 2, begun                     |                          | retry 0.75: failed 1, short 2, begun, since 100, quiet 0    | one that never opened is not short
   unreachable                                                           | never                       | failed 1                           |                          | retry 1.25: failed 2, since 100, quiet 0                    | a service that was never reached
   unreachable                                                           | never                       | failed 2                           |                          | give-up unreachable                                         | is mistyped rather than down
   unreachable                                                           | never                       | failed 2, begun                    |                          | retry 2.25: failed 3, begun, since 100, quiet 0             | unlike one that was
   1006                                                                  | begun 6, wordless, unsaid   | failed 2                           |                          | retry 2.25: failed 3, begun, since 100, quiet 6             | or is now
   unreachable                                                           | never                       | failed 12, begun, since 41         |                          | retry 1: failed 13, begun, since 41, quiet 0                | a minute without a session is waited for to its end
   unreachable                                                           | never                       | failed 12, begun, since 40         |                          | give-up unreachable                                         | and then no longer
   WORDS THAT WAIT ARE DROPPED IN THE END: a try before that
   unreachable                                                           | never, unsaid               | begun, failed 9                    | chance 1, room 25        | retry 10: failed 10, begun, since 100, quiet 0              | far from it they wait as long as ever
   unreachable                                                           | never, unsaid               | begun, failed 9                    | chance 1, room 9         | retry 7: failed 10, begun, since 100, quiet 0               | near it they get a try in time
   unreachable                                                           | never, unsaid               | begun, failed 9                    | chance 1, room 1.9       | retry 0.5: failed 10, begun, since 100, quiet 0             | at the last moment, the network is not asked without a pause
   unreachable                                                           | never, unsaid               | begun, failed 9                    | chance 1, room 0         | retry 10: failed 10, begun, since 100, quiet 0              | once the first are dropped, there is no hurry any more
   unreachable                                                           | never                       | begun, failed 9                    | chance 1, room 3         | retry 10: failed 10, begun, since 100, quiet 0              | where nobody spoke, nothing can be dropped
   NOBODY SPOKE: the limit counts over all sessions
   1006                                                                  | begun 6, wordless           |                                    |                          | retry 0: failed 1, begun, since 100, quiet 6                | not for as long as the limit
   1006                                                                  | begun 6, wordless           | quiet 4                            |                          | nothing-said                                                | for as long as the limit
   1006                                                                  | open 6, wordless            | quiet 4                            |                          | retry 0.75: failed 1, since 100, quiet 4                    | a session that never began listened to nobody
   1006                                                                  | begun 6, wordless, unsaid   | quiet 60                           |                          | retry 0: failed 1, begun, since 100, quiet 66               | a voice was heard, whose words may come
   1006                                                                  | begun 6, wordless           | quiet 60                           | no-speech 0              | retry 0: failed 1, begun, since 100, quiet 66               | there is no limit
   1006                                                                  | begun 6                     | quiet 60                           |                          | retry 0: begun, since 100                                   | words came now
   1006                                                                  | begun 6, wordless           | spoken                             |                          | retry 0: failed 1, begun, since 100                         | or before: the silence decides, not this
`,
);

function faultOf(text: string): Fault {
  if (text === 'stalled' || text === 'flooded') return { kind: text };
  if (text === 'unreachable') {
    return { kind: 'socket', ending: { kind: 'unreachable', errno: 'ENETUNREACH' } };
  }
  const [code, ...error] = text.split(' ');
  const ending = { kind: 'closed', code: Number(code), reason: '' } as const;
  return { kind: 'socket', ending, ...(error.length > 0 ? { error: error.join(' ') } : {}) };
}

/** `failed 2, begun`: the number after each word, or that it is there. */
function factsOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    partsOf(text).map((part) => {
      const [, name = part, number = '0'] = /^(.*?) ?([\d.]+)?$/.exec(part) ?? [];
      return [name, Number(number)];
    }),
  );
}

function lossOf(ended: string, been: string): LostSession {
  const facts = factsOf(been);
  const reached = facts.has('never') ? 'nothing' : facts.has('open') ? 'open' : 'begun';
  const livedSeconds = facts.get('begun') ?? facts.get('open') ?? facts.get('never') ?? 60;
  return {
    fault: faultOf(ended),
    reached,
    livedMs: livedSeconds * 1_000,
    finals: facts.has('wordless') || reached !== 'begun' ? 0 : 1,
    unsaid: facts.has('unsaid') ? 'sound' : 'nothing',
  };
}

function attemptsOf(text: string): Attempts {
  const facts = factsOf(text);
  const since = facts.get('since');
  return {
    failed: facts.get('failed') ?? 0,
    shortSessions: facts.get('short') ?? 0,
    hasBegun: facts.has('begun'),
    newToken: facts.has('new token') ? 'tried' : 'untried',
    ...(since === undefined ? {} : { lostSinceMs: since * 1_000 }),
    ...(facts.has('spoken') ? {} : { wordlessMs: (facts.get('quiet') ?? 0) * 1_000 }),
  };
}

function momentOf(text: string): Moment {
  const facts = factsOf(text);
  return {
    nowMs: 100_000,
    chance: facts.get('chance') ?? 0.5,
    sinceTerminateMs: (facts.get('terminated') ?? Number.POSITIVE_INFINITY) * 1_000,
    noSpeechMs: (facts.get('no-speech') ?? 10) * 1_000,
    roomMs: (facts.get('room') ?? 30) * 1_000,
  };
}

function inWords(plan: Plan): string {
  if (plan.kind === 'give-up') return `give-up ${plan.error.code}`;
  if (plan.kind !== 'retry') return plan.kind;
  const { failed, shortSessions, hasBegun, newToken, lostSinceMs, wordlessMs } = plan.attempts;
  const facts = [
    failed > 0 && `failed ${failed}`,
    shortSessions > 0 && `short ${shortSessions}`,
    hasBegun && 'begun',
    newToken === 'tried' && 'new token',
    lostSinceMs !== undefined && `since ${lostSinceMs / 1_000}`,
    wordlessMs !== undefined && `quiet ${wordlessMs / 1_000}`,
  ];
  return `retry ${plan.delayMs / 1_000}: ${facts.filter(Boolean).join(', ')}`;
}

describe('what is done when a session is lost', () => {
  for (const { ended, 'had been': been, before, moment, plan, title } of ROWS) {
    test(`${ended}, ${been || 'listened'}, ${before || 'the first'}: ${title}`, () => {
      const done = planReconnect(attemptsOf(before), lossOf(ended, been), momentOf(moment));
      expect(inWords(done)).toBe(plan);
    });
  }

  test('nothing is remembered at first', () => {
    expect(attemptsOf('')).toEqual(NO_ATTEMPTS);
  });
});
