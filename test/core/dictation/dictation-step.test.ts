import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type Cause,
  type DictationCommand,
  type DictationInput,
  type DictationState,
  FIRST_STATE,
  stepDictation,
} from '../../../src/core/dictation/dictation-step.ts';
import { DictationError } from '../../../src/core/errors.ts';
import { NO_ATTEMPTS, planReconnect } from '../../../src/core/sessions/reconnect.ts';
import { lookUp, partsOf, readTable } from '../../support/table.ts';

// What a dictation does in every state with everything that can happen. A stop is one by the person,
// whose session once began, unless the row says otherwise.

const UNPLUGGED = new DictationError('device-missing', 'The microphone is gone');
const DEAF = new DictationError('no-samples', 'Only zeros');

const CAUSES: Readonly<Record<string, Cause>> = {
  user: { reason: 'user' },
  silence: { reason: 'silence' },
  'no-speech': { reason: 'no-speech' },
  'max-duration': { reason: 'max-duration' },
  file: { reason: 'audio-ended' },
  unplugged: { reason: 'error', error: UNPLUGGED },
  deaf: { reason: 'error', error: DEAF },
};

const ATTEMPTS = { ...NO_ATTEMPTS, hasBegun: true };
const MOMENT = {
  nowMs: 9_000,
  chance: 0.5,
  sinceTerminateMs: Number.POSITIVE_INFINITY,
  noSpeechMs: 10_000,
  roomMs: 30_000,
};

function lost(code: number, unsaid: 'sound' | 'nothing', rest: { livedMs?: number } = {}) {
  const fault = { kind: 'socket', ending: { kind: 'closed', code, reason: 'inactivity' } } as const;
  const lived = { reached: 'begun', livedMs: 8_000, finals: rest.livedMs ? 0 : 1 } as const;
  return {
    kind: 'session-lost',
    lost: { fault, unsaid, ...lived, ...rest },
    moment: MOMENT,
  } as const;
}

const INPUTS: Readonly<Record<string, DictationInput>> = {
  'session leads': { kind: 'session-leads' },
  'session over': { kind: 'session-over', lastWords: 'told' },
  'over, words unknown': { kind: 'session-over', lastWords: 'unknown' },
  'lost with words': lost(1006, 'sound'),
  'lost, all said': lost(1006, 'nothing'),
  'lost, key refused': lost(1008, 'sound'),
  'lost, was idle': lost(3006, 'nothing'),
  'lost, nobody spoke': lost(1006, 'nothing', { livedMs: 11_000 }),
  'retry due': { kind: 'retry-due' },
  'person stops': { kind: 'stop', cause: { reason: 'user' }, captured: 'sound' },
  'person stops, no sound': { kind: 'stop', cause: { reason: 'user' }, captured: 'nothing' },
  'silence limit': { kind: 'limit-reached', reason: 'silence', captured: 'sound' },
  'silence limit, deaf': {
    kind: 'limit-reached',
    reason: 'silence',
    captured: 'sound',
    deaf: DEAF,
  },
  'no-speech limit': { kind: 'limit-reached', reason: 'no-speech', captured: 'nothing' },
  'no-speech limit, deaf': {
    kind: 'limit-reached',
    reason: 'no-speech',
    captured: 'nothing',
    deaf: DEAF,
  },
  'longest limit': { kind: 'limit-reached', reason: 'max-duration', captured: 'sound' },
  'audio ends': { kind: 'audio-ended' },
  'audio fails': { kind: 'audio-failed', error: UNPLUGGED, captured: 'sound' },
  'audio fails, no sound': { kind: 'audio-failed', error: UNPLUGGED, captured: 'nothing' },
  'all sent': { kind: 'all-sent' },
  'stop overdue': { kind: 'stop-overdue' },
  'end overdue': { kind: 'end-overdue' },
  abort: { kind: 'abort' },
};

/** What a loss with words leaves to be remembered. */
const TRIED = (() => {
  const loss = lost(1006, 'sound');
  const plan = planReconnect(ATTEMPTS, loss.lost, MOMENT);
  if (plan.kind !== 'retry') throw new Error(plan.kind);
  return plan.attempts;
})();

/** `stopping, live, flowing, file, 1 new`: the kind, then what is not as it usually is. */
function stateOf(text: string): DictationState {
  const [kind = '', ...facts] = partsOf(text);
  const oneOf = <T>(choices: Readonly<Record<string, T>>, otherwise: T): T =>
    facts.map((fact) => choices[fact]).find((choice) => choice !== undefined) ?? otherwise;
  for (const fact of facts) lookUp(FACTS, fact);
  const link = oneOf({ opening: 'opening', waiting: 'waiting' }, 'live');
  const attempts = oneOf({ 'never begun': NO_ATTEMPTS, tried: TRIED }, ATTEMPTS);
  const stop = {
    cause: oneOf(CAUSES, { reason: 'user' }),
    attempts,
    newSessions: oneOf({ '1 new': 1, '2 new': 2 }, 0),
    patience: oneOf({ spent: 'spent' }, 'left'),
  } as const;
  const audio = oneOf({ flowing: 'flowing' }, 'ended');
  const words = oneOf({ unwanted: 'unwanted' }, 'wanted');
  const states = {
    running: { kind: 'running', link, attempts },
    stopping: { kind: 'stopping', link, audio, ...stop },
    finishing: { kind: 'finishing', words, ...stop },
    ended: { kind: 'ended' },
  } as Readonly<Record<string, DictationState>>;
  return lookUp(states, kind);
}

const FACTS: Readonly<Record<string, unknown>> = {
  ...CAUSES,
  ...Object.fromEntries(
    ['opening', 'waiting', 'live', 'flowing', 'never begun', 'tried', '1 new', '2 new']
      .concat(['spent', 'unwanted'])
      .map((fact) => [fact, fact]),
  ),
};

/** The cause of a command is that of the state, unless it ends there. */
function told(command: DictationCommand): string {
  const { kind, ...rest } = command;
  const cause = kind === 'finish' ? [nameOf(command.cause)] : [];
  const plain = Object.values(rest).filter((value) => typeof value !== 'object');
  return [kind, ...cause, ...plain].join(' ');
}

function nameOf(cause: Cause): string {
  const name = Object.entries(CAUSES).find(([, each]) => isDeepStrictEqual(each, cause))?.[0];
  return name ?? (cause.reason === 'error' ? cause.error.code : cause.reason);
}

const ROWS = readTable(
  'state                          | input                  | next                                        | does                                                     | title',
  `
   RUNNING: a session begins
   running, opening, never begun  | session leads          | running, live                               |                                                          | audio flows once a session leads
   running, live                  | session leads          | running, live                               |                                                          | a session that leads after another changes nothing else
   running, waiting               | retry due              | running, opening                            | open-session                                             | a wait that is over opens a session
   RUNNING: a session is gone
   running, live                  | lost with words        | running, waiting, tried                     | hold-audio, retry 1 0                                    | a lost session is replaced, its audio held meanwhile
   running, live                  | lost, all said         | running, waiting, tried                     | hold-audio, retry 1 0                                    | it is, also where all words were told
   running, live                  | lost, key refused      | ended                                       | tell-unheard, finish key-refused wanted                  | a key that is refused ends it; unheard speech is told
   running, live                  | lost, was idle         | ended                                       | finish silence wanted                                    | a service that hung up on silence did what was wanted
   running, live                  | lost, nobody spoke     | ended                                       | finish no-speech wanted                                  | sessions that lived as long as no-speech allows: over
   running, live                  | session over           | ended                                       | finish user wanted                                       | a session that ended without fault ends it like a stop
   running, live                  | over, words unknown    | ended                                       | finish user wanted                                       | the same, its last words unknown
   RUNNING: a stop, which first hears the recorder to its end
   running, live                  | person stops           | stopping, flowing                           | tell-stopping, limit-stop, limit-end person, stop-audio  | the person stops
   running, live                  | person stops, no sound | stopping, flowing                           | tell-stopping, limit-stop, limit-end person, stop-audio  | the person stops, and nothing was captured
   running, live                  | silence limit          | stopping, flowing, silence                  | tell-stopping, limit-stop, limit-end person, stop-audio  | the silence was long enough
   running, live                  | silence limit, deaf    | stopping, flowing, silence                  | tell-stopping, limit-stop, limit-end person, stop-audio  | silence after words is no fault of the microphone
   running, live                  | no-speech limit        | stopping, flowing, no-speech                | tell-stopping, limit-stop, limit-end person, stop-audio  | nobody spoke
   running, live                  | no-speech limit, deaf  | stopping, flowing, deaf                     | tell-stopping, limit-stop, limit-end person, stop-audio  | nobody was heard, by a microphone of zeros: a fault
   running, live                  | longest limit          | stopping, flowing, max-duration             | tell-stopping, limit-stop, limit-end person, stop-audio  | the longest dictation
   running, live                  | audio ends             | stopping, file                              | tell-stopping, limit-end recording, finish-feed          | a file was read to its end; nobody waits for it
   running, live                  | audio fails            | stopping, unplugged                         | tell-stopping, limit-stop, limit-end person, finish-feed | the recorder fails; what it captured is still sent
   running, live                  | abort                  | finishing, unwanted                         | tell-stopping, abort-session                             | now, and never mind the words
   RUNNING: a stop without a session that listens
   running, opening               | person stops           | stopping, opening, flowing                  | tell-stopping, limit-stop, limit-end person, stop-audio  | what was captured waits for the session to begin
   running, waiting, tried        | person stops           | stopping, waiting, flowing, tried           | tell-stopping, limit-stop, limit-end person, stop-audio  | or for the next one
   running, opening, never begun  | person stops, no sound | finishing, unwanted, never begun            | tell-stopping, abort-session                             | where nothing was captured nothing is waited for
   running, waiting               | person stops, no sound | finishing, unwanted                         | tell-stopping, abort-session                             | nor for the next one
   running, opening, never begun  | audio ends             | stopping, opening, file, never begun        | tell-stopping, limit-end recording, finish-feed          | a short file ends before any session began
   running, opening, never begun  | audio fails, no sound  | finishing, unwanted, never begun, unplugged | tell-stopping, abort-session                             | no session is begun for a recorder that fails at once
   running, live                  | audio fails, no sound  | stopping, unplugged                         | tell-stopping, limit-stop, limit-end person, finish-feed | one that listens is terminated as ever
   running, opening               | audio fails            | stopping, opening, unplugged                | tell-stopping, limit-stop, limit-end person, finish-feed | what was captured before waits for the session to begin
   STOPPING: what was captured is sent
   stopping, flowing              | audio ends             | stopping                                    | finish-feed                                              | the recorder has ended
   stopping, flowing              | audio fails            | stopping                                    | finish-feed                                              | the recorder failed while it ended: much the same
   stopping                       | all sent               | finishing                                   | terminate                                                | all is sent: the last words are asked for
   stopping, silence, spent       | all sent               | finishing, silence, spent                   | terminate                                                | the reason and the patience stay what they were
   stopping, opening, never begun | session leads          | stopping, 1 new                             |                                                          | a session leads after the stop, and is counted
   stopping, opening, 1 new       | session leads          | stopping, 2 new                             |                                                          | and the next
   stopping, waiting              | retry due              | stopping, opening                           | open-session                                             | a wait that is over opens a session
   stopping, flowing              | person stops           | stopping, flowing                           |                                                          | a second stop is no news
   stopping, file                 | person stops           | stopping, file                              | limit-stop, limit-end person                             | a stop after the end of a file: now a person waits
   stopping, file                 | person stops, no sound | stopping, file                              | limit-stop, limit-end person                             | the same, whatever was captured
   stopping                       | abort                  | finishing, unwanted                         | abort-session                                            | never mind the words after all
   stopping                       | session over           | ended                                       | tell-unheard, finish user wanted                         | the session ended before all was sent
   STOPPING: the session is lost
   stopping                       | lost, all said         | ended                                       | finish user wanted                                       | all words were told: then this is the end
   stopping                       | lost with words        | stopping, waiting, tried                    | hold-audio, retry 1 0, limit-stop                        | words may be missing: once more, and in a hurry
   stopping, opening              | lost with words        | stopping, waiting, tried                    | hold-audio, retry 1 0                                    | while the next one opens the hurry is on already
   stopping, 1 new                | lost with words        | ended                                       | tell-unheard, finish connection-lost wanted              | once more is enough where a person waits
   stopping, spent                | lost with words        | ended                                       | tell-unheard, finish connection-lost wanted              | not even once where the patience is spent
   stopping, silence              | lost, key refused      | ended                                       | tell-unheard, finish key-refused wanted                  | what cannot work is not tried again
   stopping, unplugged            | lost, key refused      | ended                                       | tell-unheard, finish unplugged wanted                    | the first error is the one that is told
   stopping, file                 | lost with words        | stopping, file, waiting, tried              | hold-audio, retry 1 0                                    | a file is tried again, and nobody hurries
   stopping, file, 1 new          | lost with words        | stopping, file, waiting, tried, 1 new       | hold-audio, retry 1 0                                    | and a second time
   stopping, file, 2 new          | lost with words        | ended                                       | tell-unheard, finish connection-lost wanted              | but no third time
   stopping, file                 | lost, all said         | ended                                       | finish file wanted                                       | a quiet file that was heard is over
   stopping, file, never begun    | lost, all said         | stopping, file, waiting, tried              | hold-audio, retry 1 0                                    | a quiet file that no session heard is tried again
   stopping, file, never begun    | lost, was idle         | ended                                       | tell-unheard, finish file wanted                         | unless the service hung up on its silence
   stopping, never begun          | lost, all said         | ended                                       | finish user wanted                                       | a quiet stop that no session heard is over
   STOPPING: limits
   stopping, opening              | stop overdue           | finishing                                   | abort-session                                            | no session began in time: nothing more is waited for
   stopping, waiting              | stop overdue           | finishing                                   | abort-session                                            | nor for the next try
   stopping, flowing              | stop overdue           | stopping                                    | finish-feed                                              | a recorder that does not end is cut off
   stopping                       | stop overdue           | stopping                                    |                                                          | what has ended is being sent
   stopping                       | end overdue            | stopping, spent                             |                                                          | what listened at the stop is heard to its end
   stopping, 1 new                | end overdue            | finishing, 1 new                            | abort-session                                            | a session that came later is not
   stopping, opening              | end overdue            | finishing                                   | abort-session                                            | nor is one waited for
   FINISHING: the last words
   finishing, silence             | session over           | ended                                       | finish silence wanted                                    | they came
   finishing                      | over, words unknown    | ended                                       | tell-unheard, finish user wanted                         | the session ended without telling: some may be missing
   finishing                      | lost, all said         | ended                                       | finish user wanted                                       | the session is lost, and all words were told
   finishing                      | lost with words        | stopping, waiting, tried                    | hold-audio, retry 1 0, limit-stop                        | the session is lost with them: once more, in a hurry
   finishing, 1 new               | lost with words        | ended                                       | tell-unheard, finish connection-lost wanted              | once more is enough where a person waits
   finishing, spent               | lost with words        | ended                                       | tell-unheard, finish connection-lost wanted              | not even once where the patience is spent
   finishing, file, 1 new         | lost with words        | stopping, file, waiting, tried, 1 new       | hold-audio, retry 1 0                                    | a file is tried again, and nobody hurries
   finishing                      | end overdue            | finishing, spent                            |                                                          | the session of the stop limits its last words itself
   finishing, 1 new               | end overdue            | finishing, 1 new                            | abort-session                                            | a later one is cut off
   finishing                      | abort                  | finishing, unwanted                         | abort-session                                            | never mind the words after all
   FINISHING: words that are not wanted are not missed
   finishing, unwanted            | session over           | ended                                       | finish user unwanted                                     | the session is over
   finishing, unwanted            | over, words unknown    | ended                                       | finish user unwanted                                     | the session was cut off
   finishing, unwanted            | lost with words        | ended                                       | finish user unwanted                                     | the session is lost
`,
);

const WITHOUT_USE = readTable(
  'state         | changes nothing',
  `
   running, live | all sent, stop overdue, end overdue
   stopping      | audio ends, audio fails, person stops, silence limit, no-speech limit, longest limit, stop overdue
   finishing     | session leads, retry due, person stops, silence limit, no-speech limit, longest limit, audio ends, audio fails, all sent, stop overdue
   ended         | session leads, session over, lost with words, retry due, person stops, silence limit, no-speech limit, longest limit, audio ends, audio fails, all sent, stop overdue, end overdue, abort
`,
);

describe('what a dictation does', () => {
  test('it begins with a session that opens', () => {
    expect(FIRST_STATE).toEqual(stateOf('running, opening, never begun'));
  });

  for (const { title, state, input, next, does } of ROWS) {
    test(`${state} + ${input}: ${title}`, () => {
      const before = stateOf(state);
      const step = stepDictation(before, lookUp(INPUTS, input));
      const got = { next: step.state, does: step.commands.map(told).join(', ') };
      expect(got).toEqual({ next: stateOf(next), does });
      for (const command of step.commands) {
        if (command.kind === 'tell-stopping')
          expect(step.state).toMatchObject({ cause: command.cause });
      }
    });
  }
});

describe('an input that a state has no use for', () => {
  for (const { state, 'changes nothing': inputs } of WITHOUT_USE) {
    test.for(partsOf(inputs))(`changes nothing: ${state} + %s`, (input) => {
      const before = stateOf(state);
      expect(stepDictation(before, lookUp(INPUTS, input))).toEqual({ state: before, commands: [] });
    });
  }
});
