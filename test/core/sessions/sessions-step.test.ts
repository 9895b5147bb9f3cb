import { describe, expect, test } from 'vitest';
import { DictationError } from '../../../src/core/errors.ts';
import {
  NO_SESSIONS,
  type SessionsCommand,
  type SessionsInput,
  type SessionsState,
  stepSessions,
} from '../../../src/core/sessions/sessions-step.ts';
import { partsOf, readTable } from '../../support/table.ts';

// Which session leads, with every state and everything that can happen. Sessions are numbered.

const ACCESS = { endpoint: 'wss://service.invalid/v3/ws', headers: {} };
const REFUSAL = new DictationError('no-key', 'There is no key');

/** `1 leads, 2 opens, 3 leaves`: which sessions there are. `next` is the number of the next one. */
function stateOf(text: string, next: number): SessionsState {
  const facts = partsOf(text);
  const idOf = (fact: string) => {
    const found = facts.find((each) => each.endsWith(fact));
    return found === undefined ? undefined : Number.parseInt(found, 10);
  };
  const leaving = facts
    .filter((fact) => fact.endsWith('leaves'))
    .map((fact) => Number.parseInt(fact, 10));
  const [asked, lead, retiring] = [idOf('asked'), idOf('leads'), idOf('retires')];
  const [opens, begun, untold] = [idOf('opens'), idOf('begun'), idOf('untold')];
  const base = { next, leaving };
  const asks = asked === undefined ? {} : { asked };
  if (lead === undefined) {
    const over = untold === undefined ? {} : { untold };
    return { kind: 'none', ...base, ...asks, ...over };
  }
  const successor = opens ?? begun;
  if (successor !== undefined) {
    const hasBegun = begun === undefined ? 'no' : 'yes';
    return { kind: 'with-successor', ...base, lead, successor, begun: hasBegun };
  }
  if (retiring !== undefined) return { kind: 'changing-over', ...base, lead, retiring };
  return { kind: 'one', ...base, lead, ...asks };
}

/** `ended 1`, or what concerns no session of its own. */
function inputOf(text: string): SessionsInput {
  const id = Number(/\d+/.exec(text)?.[0]);
  const kinds: Readonly<Record<string, SessionsInput>> = {
    access: { kind: 'access-given', id, access: ACCESS },
    'no access': { kind: 'access-refused', id, error: REFUSAL },
    begun: { kind: 'begun', id },
    ended: { kind: 'ended', id, fault: 'none' },
    lost: { kind: 'ended', id, fault: 'some' },
    open: { kind: 'open' },
    expiring: { kind: 'expiring' },
    'change over': { kind: 'change-over', hearing: 'hears' },
    'change over deaf': { kind: 'change-over', hearing: 'doubtful' },
    terminate: { kind: 'terminate' },
    stalled: { kind: 'stalled' },
    abort: { kind: 'abort' },
  };
  const input = kinds[text.replace(/ \d+/, '')];
  if (!input) throw new Error(`"${text}" is no input`);
  return input;
}

function told(command: SessionsCommand): string {
  const plain = Object.values(command).filter((value) => typeof value !== 'object');
  return plain.join(' ');
}

const ROWS = readTable(
  'state                        | input            | next                         | does                                 | title',
  `
   NO SESSION
   nothing                      | open             | 1 asked                      | ask 1                                | access to a session is asked for
   1 asked                      | open             | 1 asked                      |                                      | but once
   1 asked                      | access 1         | 1 leads                      | connect 1                            | who has access connects
   1 asked                      | no access 1      | nothing                      | tell-no-access                       | who has none says so
   1 asked                      | abort            | nothing                      | tell-over                            | nobody waits for access that is not wanted any more
   nothing                      | access 1         | nothing                      |                                      | which then connects nobody
   nothing                      | no access 1      | nothing                      |                                      | and is missed by nobody
   2 asked                      | access 1         | 2 asked                      |                                      | nor does access to the one before
   2 asked                      | no access 1      | 2 asked                      |                                      | nor is it missed
   nothing                      | abort            | nothing                      | tell-over                            | where there is none, all are over
   nothing                      | ended 1          | nothing                      |                                      | one that ended already
   1 asked                      | ended 2          | 1 asked                      |                                      | one that nobody knows
   ONE SESSION
   1 leads                      | open             | 1 leads                      |                                      | one is there
   1 leads                      | begun 1          | 1 leads                      | lead 1 replay                        | it hears what no session before it heard
   1 leads                      | ended 1          | nothing                      | note-heard 1, tell-over 1            | it ended as asked
   1 leads                      | lost 1           | nothing                      | note-heard 1, tell-over 1            | it was lost
   1 leads                      | expiring         | 1 leads, 2 asked             | ask 2                                | it will be cut off: a successor is asked for
   1 leads                      | terminate        | 1 leads                      | terminate 1                          | the last words are wanted
   1 leads                      | stalled          | 1 leads                      | give-up 1                            | its link is stuck
   1 leads                      | abort            | 1 leads                      | abort 1                              | nothing is wanted any more
   A SUCCESSOR IS ASKED FOR
   1 leads, 2 asked             | expiring         | 1 leads, 2 asked             |                                      | one successor is enough
   1 leads, 2 asked             | access 2         | 1 leads, 2 opens             | connect 2                            | it connects, and the lead goes on
   1 leads, 2 asked             | no access 2      | 1 leads                      |                                      | one that cannot be had leaves the lead as it is
   1 leads, 3 asked             | access 2         | 1 leads, 3 asked             |                                      | access to another connects nobody
   1 leads, 3 asked             | no access 2      | 1 leads, 3 asked             |                                      | nor is that missed
   1 leads, 2 asked             | ended 1          | nothing                      | note-heard 1, tell-over 1            | the lead ended before
   1 leads, 2 asked             | lost 1           | nothing                      | note-heard 1, tell-over 1            | the lead was lost before
   1 leads, 2 asked             | terminate        | 1 leads                      | terminate 1                          | the end makes it needless
   1 leads                      | access 2         | 1 leads                      |                                      | access to it comes too late then
   1 leads                      | no access 2      | 1 leads                      |                                      | and is missed by nobody
   1 leads, 2 asked             | stalled          | 1 leads, 2 asked             | give-up 1                            | the link of the lead is stuck
   1 leads, 2 asked             | abort            | 1 leads                      | abort 1                              | nothing is wanted any more
   A SUCCESSOR OPENS
   1 leads, 2 opens             | begun 2          | 1 leads, 2 begun             |                                      | it waits to take over
   1 leads, 2 opens             | expiring         | 1 leads, 2 opens             |                                      | one successor is enough
   1 leads, 2 opens             | change over      | 1 leads, 2 opens             |                                      | nobody can take over yet
   1 leads, 2 opens             | change over deaf | 1 leads, 2 opens             |                                      | not even from one that does not hear
   1 leads, 2 opens             | ended 2          | 1 leads                      |                                      | it is gone, and the lead goes on
   1 leads, 2 opens             | lost 2           | 1 leads                      |                                      | it is lost, and the lead goes on
   1 leads, 2 opens             | ended 1          | 2 leaves, 1 untold           | note-heard 1, discard 2              | the lead ended: the end is told when both have
   1 leads, 2 opens             | lost 1           | 2 leaves, 1 untold           | note-heard 1, discard 2              | the lead was lost; whoever has not begun is no help
   1 leads, 2 opens             | terminate        | 1 leads, 2 leaves            | discard 2, terminate 1               | the end makes it needless
   1 leads, 2 opens             | stalled          | 1 leads, 2 opens             | give-up 1                            | the link of the lead is stuck
   1 leads, 2 opens             | abort            | 1 leads, 2 leaves            | discard 2, abort 1                   | nothing is wanted any more
   A SUCCESSOR HAS BEGUN
   1 leads, 2 begun             | change over      | 2 leads, 1 retires           | hold 2, lead 2 next, terminate 1     | it hears what comes next; its words wait for the last ones of the lead
   1 leads, 2 begun             | change over deaf | 1 leads, 2 begun             | give-up 1                            | what the lead was sent may not have arrived, so it is to be heard again
   1 leads, 2 begun             | lost 1           | 2 leads                      | note-heard 1, lead 2 replay          | it hears again what the lead did not
   1 leads, 2 begun             | ended 1          | 2 leaves, 1 untold           | note-heard 1, discard 2              | the lead ended as asked: nothing is left to hear
   1 leads, 2 begun             | ended 2          | 1 leads                      |                                      | it is gone, and the lead goes on
   1 leads, 2 begun             | lost 2           | 1 leads                      |                                      | it is lost, and the lead goes on
   1 leads, 2 begun             | terminate        | 1 leads, 2 leaves            | discard 2, terminate 1               | the end makes it needless
   1 leads, 2 begun             | stalled          | 1 leads, 2 begun             | give-up 1                            | the link of the lead is stuck
   1 leads, 2 begun             | abort            | 1 leads, 2 leaves            | discard 2, abort 1                   | nothing is wanted any more
   CHANGING OVER
   2 leads, 1 retires           | ended 1          | 2 leads                      | note-heard 1, tell-left 1, release 2 | the last words of the old one came: now those of the new
   2 leads, 1 retires           | lost 1           | 2 leaves, 1 untold           | note-heard 1, discard 2              | they did not come, so both are heard again, in order
   2 leads, 1 retires           | expiring         | 2 leads, 1 retires           |                                      | one change at a time
   2 leads, 1 retires           | change over      | 2 leads, 1 retires           |                                      | one change at a time
   2 leads, 1 retires           | terminate        | 2 leads, 1 retires           | terminate 2                          | the old one was told to already
   2 leads, 1 retires           | stalled          | 2 leads, 1 retires           | give-up 2                            | audio flows into the new one
   2 leads, 1 retires           | abort            | 2 leads, 1 retires           | abort 1, abort 2                     | nothing is wanted of either
   2 leads, 1 retires           | ended 2          | 1 leaves, 2 untold           | note-heard 2, discard 1              | the new one is gone before the old one
   SOME ARE LEAVING, WITHOUT A WORD BUT NOT WITHOUT A BILL
   2 leaves, 1 untold           | ended 2          | nothing                      | tell-over 1                          | the last one has left
   2 leaves, 1 untold           | lost 2           | nothing                      | tell-over 1                          | however it left
   2 leaves, 3 leaves, 1 untold | ended 2          | 3 leaves, 1 untold           |                                      | one has left, another has not
   2 leaves, 1 untold           | begun 2          | 2 leaves, 1 untold           |                                      | one that begins while it leaves leads nobody
   2 leaves, 1 untold           | abort            | 2 leaves, 1 untold           |                                      | told to leave they are already
   1 leads, 2 leaves            | ended 2          | 1 leads                      |                                      | the lead goes on
   1 leads, 2 leaves            | begun 2          | 1 leads, 2 leaves            |                                      | one that begins while it leaves leads nobody
   1 leads, 2 leaves            | ended 1          | 2 leaves, 1 untold           | note-heard 1                         | the end is told when both have ended
   1 leads, 2 leaves            | expiring         | 1 leads, 2 leaves, 3 asked   | ask 3                                | the next successor
   1 leads, 3 opens, 2 leaves   | begun 2          | 1 leads, 3 opens, 2 leaves   |                                      | one that begins while it leaves leads nobody
   1 leads, 3 opens, 2 leaves   | terminate        | 1 leads, 2 leaves, 3 leaves  | discard 3, terminate 1               | the end makes it needless
   1 leads, 3 opens, 2 leaves   | lost 1           | 2 leaves, 3 leaves, 1 untold | note-heard 1, discard 3              | whoever has not begun is no help
   3 leads, 1 retires, 2 leaves | ended 2          | 3 leads, 1 retires           |                                      | the change goes on
`,
);

describe('what becomes of the sessions', () => {
  for (const { title, state, input, next, does } of ROWS) {
    test(`${state} + ${input}: ${title}`, () => {
      const free = 1 + Math.max(0, ...(`${state} ${input}`.match(/\d+/g) ?? []).map(Number));
      const step = stepSessions(stateOf(state, free), inputOf(input));
      const got = { next: step.state, does: step.commands.map(told).join(', ') };
      const asks = does.includes('ask') ? 1 : 0;
      expect(got).toEqual({ next: stateOf(next, free + asks), does });
    });
  }

  test('there is none at first', () => {
    expect(NO_SESSIONS).toEqual(stateOf('nothing', 1));
  });

  test('where no session is, there is none to end, to give up or to replace', () => {
    for (const kind of ['terminate', 'stalled', 'expiring'] as const) {
      expect(stepSessions(NO_SESSIONS, { kind })).toEqual({ state: NO_SESSIONS, commands: [] });
    }
  });
});
