import { describe, expect, test } from 'vitest';
import type { SessionEnding } from '../../../src/core/sessions/news.ts';
import {
  type SessionCommand,
  type SessionInput,
  type SessionState,
  type SessionTimer,
  stepSession,
} from '../../../src/core/sessions/session-step.ts';
import type { Turn } from '../../../src/protocol/index.ts';
import { partsOf, readTable } from '../../support/table.ts';

// One session, from the open socket to its close: what came so far, what comes now, what is done.
// The service is the paid one and sends one final a turn, unless the first words say otherwise.

/** `turn 0 hello` is a preview; `@900`, at its end, is where its last word ended. */
function turnOf(kind: string, order: number, said: string): Turn {
  const [transcript = '', end] = said.split('@');
  const word = { text: transcript, startMs: 0, endMs: Number(end), confidence: 1 };
  return {
    order,
    transcript,
    isFinal: kind !== 'turn',
    isFormatted: kind === 'final',
    words: end === undefined ? [] : [word],
    ...(kind === 'withheld' ? { transcript: '', withheld: said } : {}),
  };
}

function inputOf(text: string): SessionInput {
  const [kind = '', ...rest] = text.split(' ');
  const [first = '', second] = rest;
  switch (kind) {
    case 'begin':
      return { kind: 'received', message: { kind: 'begin', sessionId: 'one' } };
    case 'turn':
    case 'raw':
    case 'final':
    case 'withheld': {
      const turn = turnOf(kind, Number(first), rest.slice(1).join(' '));
      return { kind: 'received', message: { kind: 'turn', turn } };
    }
    case 'voice':
      return { kind: 'received', message: { kind: 'speech-started' } };
    case 'heartbeat':
      return { kind: 'received', message: { kind: 'heartbeat', decodedMs: Number(first) } };
    case 'warning':
      return {
        kind: 'received',
        message: {
          kind: 'warning',
          code: Number(first),
          text: rest.slice(1).join(' ').replace('_', '  '),
        },
      };
    case 'error': {
      const code = first === '-' ? {} : { code: Number(first) };
      return { kind: 'received', message: { kind: 'error', ...code, text: 'Sorry' } };
    }
    case 'termination': {
      const totals = first ? { audioSeconds: Number(first), sessionSeconds: Number(second) } : {};
      return { kind: 'received', message: { kind: 'termination', ...totals } };
    }
    case 'terminate':
      return { kind: 'terminate-requested' };
    case 'abort':
      return { kind: 'abort-requested' };
    case 'give-up':
      return { kind: 'given-up', fault: { kind: 'stalled' } };
    case 'late':
      return {
        kind: 'timed-out',
        timer: first as SessionTimer,
        delivery: second === 'doubtful' ? 'doubtful' : 'certain',
      };
    case 'closed':
      return { kind: 'socket-ended', ending: { kind: 'closed', code: Number(first), reason: '' } };
    case 'unreachable':
      return { kind: 'socket-ended', ending: { kind: 'unreachable', errno: 'ENETUNREACH' } };
    default:
      throw new Error(`"${text}" is no input`);
  }
}

/** What came so far; before it, what kind of session it is. */
function stateAfter(story: string): SessionState {
  const parts = partsOf(story);
  const isOwn = parts.includes('own engine');
  const plan = {
    shape: parts.includes('copies') ? 'maybe-copied' : 'single',
    drain: isOwn ? 'until-told' : 'limited',
  } as const;
  const inputs = parts.filter((part) => part !== 'own engine' && part !== 'copies');
  return inputs.reduce<SessionState>((state, each) => stepSession(state, inputOf(each)).state, {
    kind: 'opening',
    plan,
  });
}

function told(command: SessionCommand): string {
  if (command.kind === 'end') return `end ${inWords(command.ending)}`;
  if (command.kind !== 'report') return Object.values(command).join(' ');
  const { news } = command;
  if (news.kind === 'warning') return `warning ${news.code}: ${news.message}`;
  if ('turn' in news) return `${news.kind} ${news.turn.transcript}`;
  return Object.values(news)
    .filter((value) => typeof value !== 'object')
    .join(' ');
}

function inWords({ fault, totals, unsaved }: SessionEnding): string {
  const parts: string[] = [];
  if (fault?.kind === 'socket') {
    const { ending, error } = fault;
    parts.push(ending.kind === 'closed' ? `closed ${ending.code} ${ending.reason}` : ending.kind);
    if (error !== undefined) parts.push(error);
  } else parts.push(fault?.kind ?? 'as asked');
  if (totals) parts.push(['totals', ...Object.values(totals)].join(' '));
  if (unsaved !== undefined) parts.push(`unsaved ${unsaved}`);
  return parts.map((part) => part.trim()).join(' + ');
}

const ROWS = readTable(
  'so far                                  | now                        | state                                          | does                                                                                                    | title',
  `
   BEFORE IT BEGINS
                                           | begin                      | streaming                                      | clear-timer begin, begun                                                                                | the service is ready
                                           | late begin                 | over                                           | abort-socket, end no-begin                                                                              | it is not, for too long
                                           | late begin doubtful        | over                                           | abort-socket, end no-begin                                                                              | whatever the link is like
                                           | terminate                  | over                                           | abort-socket, end as asked                                                                              | nothing was heard, so nothing is waited for
                                           | abort                      | over                                           | abort-socket, end as asked                                                                              | nor here
                                           | give-up                    | over                                           | abort-socket, end stalled                                                                               | the link is dead
                                           | closed 1006                | over                                           | end closed 1006                                                                                         | the socket is gone
                                           | unreachable                | over                                           | end unreachable                                                                                         | the socket never opened
                                           | error 1008                 | closing: closed 1008 + Sorry                   | set-timer close 500                                                                                     | refused; the close that follows is waited for
                                           | warning 7 slow down        | opening                                        | warning service-warning: slow down                                                                      | a warning
   THE LAST WORDS OF AN ERROR ARE IN ITS CLOSE
   error -                                 | closed 3006                | over                                           | end closed 3006 + Sorry                                                                                 | an error without a code takes that of the close
   error 1008                              | closed 3006                | over                                           | end closed 1008 + Sorry                                                                                 | one that has a code keeps it
   error 1008                              | late close                 | over                                           | abort-socket, end closed 1008 + Sorry                                                                   | a close that does not come is not waited for
   error 1008                              | abort                      | over                                           | abort-socket, end closed 1008 + Sorry                                                                   | nor by whoever wants the end now
   error -                                 | unreachable                | over                                           | end unreachable + Sorry                                                                                 | a socket that breaks tells how it broke
   begin, abort                            | closed 3006                | over                                           | end as asked                                                                                            | whoever asked for the end is told of no close
   begin, termination                      | closed 1000                | over                                           | end closed 1000 Session Ended + totals                                                                  | an end nobody asked for stays one
   WHILE IT LISTENS
   begin                                   | turn 0 hello               | streaming                                      | speech, partial hello                                                                                   | new words put the stop off, then are shown
   begin                                   | turn 0 hello@900           | streaming                                      | speech 900, partial hello                                                                               | with the time their last one ended
   begin, turn 0 hello@900                 | turn 0 hello@900           | streaming                                      | partial hello                                                                                           | the same words again put nothing off
   begin, turn 0 hello@900                 | final 0 Hello.@1140        | streaming                                      | speech-refined 1140, final Hello.                                                                       | a final may end a little later
   begin, turn 0 hello                     | final 0 Hello.             | streaming                                      | final Hello.                                                                                            | or nowhere anybody knows of
   begin, turn 0 hello                     | final 1 Bye.               | streaming                                      | speech, left hello, final Bye.                                                                          | a turn that is passed over is left as it is
   begin                                   | withheld 0 redacted        | streaming                                      | warning words-withheld: The service withheld the words of one turn (redacted); they are not in the text | words the service keeps to itself are missed
   begin                                   | voice                      | streaming, voice                               | speech                                                                                                  | a voice puts the stop off as well
   begin, voice                            | turn 0 hello               | streaming, voice                               | speech, partial hello                                                                                   | the voice goes on
   begin, voice                            | final 0 Hello.             | streaming                                      | speech, final Hello.                                                                                    | the voice is over with its turn
   begin                                   | heartbeat 700              | streaming                                      |                                                                                                         | the numbers of a paid service mean something else
   own engine, begin                       | heartbeat 700              | streaming                                      | decoded 700                                                                                             | ours says how far it has listened
   begin                                   | warning 7 slow down        | streaming                                      | warning service-warning: slow down                                                                      | a warning
   begin                                   | warning 7                  | streaming                                      | warning service-warning: a warning without words (code 7)                                               | one that says nothing
   begin                                   | warning 7 _                | streaming                                      | warning service-warning: a warning without words (code 7)                                               | or nothing but blanks
   A FINAL THAT MAY BE FOLLOWED BY ITS FORMATTED COPY
   copies, begin                           | raw 0 hi                   | streaming                                      | speech, partial hi, set-timer held-final 2000                                                           | it is held
   copies, begin, raw 0 hi                 | final 0 Hi.                | streaming                                      | final Hi., clear-timer held-final                                                                       | the copy comes in its place
   copies, begin, raw 0 hi                 | late held-final            | streaming                                      | final hi, clear-timer held-final                                                                        | no copy comes
   copies, begin, raw 0 hi                 | turn 1 and                 | streaming                                      | speech, final hi, partial and, clear-timer held-final                                                   | the next turn comes first: new words are told before all else
   copies, begin, raw 0 hi                 | raw 1 and                  | streaming                                      | speech, final hi, partial and, set-timer held-final 2000                                                | the next is held in its turn
   copies, begin, raw 0 hi                 | turn 0 hi                  | streaming                                      |                                                                                                         | a preview that comes late changes nothing
   copies, begin, raw 0 hi, terminate      | late held-final            | draining                                       | final hi, clear-timer held-final                                                                        | no copy comes, after Terminate
   copies, begin, raw 0 hi, terminate      | final 0 Hi.                | draining                                       | final Hi., clear-timer held-final, set-timer drain 5000                                                 | it comes, after Terminate
   copies, begin, raw 0 hi                 | closed 1006                | over                                           | final hi, end closed 1006                                                                               | what is held is told before the end
   THE END IS ASKED FOR
   begin                                   | terminate                  | draining                                       | send-terminate, set-timer drain 5000, set-timer drain-in-all 20000                                      | the last words are waited for
   begin, voice                            | terminate                  | draining                                       | send-force-endpoint, send-terminate, set-timer drain 5000, set-timer drain-in-all 20000                 | who is cut off in mid-word is heard so far
   begin, turn 0 so                        | terminate                  | draining                                       | send-force-endpoint, send-terminate, set-timer drain 5000, set-timer drain-in-all 20000                 | or in mid-sentence
   begin, voice, final 0 So.               | terminate                  | draining                                       | send-terminate, set-timer drain 5000, set-timer drain-in-all 20000                                      | nothing is open after a final
   own engine, begin                       | terminate                  | draining                                       | send-terminate, set-timer drain 60000                                                                   | what costs nothing is waited for
   begin                                   | abort                      | closing: as asked                              | send-terminate, close-socket, set-timer close 500                                                       | it stops billing, and nobody waits
   begin, turn 0 so                        | abort                      | closing: as asked + unsaved so                 | send-terminate, close-socket, set-timer close 500                                                       | what was shown is not saved
   copies, begin, raw 0 hi                 | abort                      | closing: as asked                              | final hi, send-terminate, close-socket, set-timer close 500                                             | what is held is saved
   THE LAST WORDS
   begin, terminate                        | turn 0 so                  | draining                                       | speech, partial so, set-timer drain 5000                                                                | each turn starts the wait over
   begin, terminate                        | final 0 So.                | draining                                       | speech, final So., set-timer drain 5000                                                                 | a final, too
   own engine, begin, terminate            | final 0 So.                | draining                                       | speech, final So.                                                                                       | an engine tells by heartbeats that it works
   own engine, begin, terminate            | heartbeat 700              | draining                                       | decoded 700, set-timer drain 60000                                                                      | which start the wait over
   begin, terminate                        | heartbeat 700              | draining                                       |                                                                                                         | those of a paid service do not
   begin, terminate                        | voice                      | draining                                       | speech                                                                                                  | a voice that was heard late
   begin, terminate                        | warning 7 slow             | draining                                       | warning service-warning: slow                                                                           | a warning
   begin, terminate                        | termination 3 4            | closing: as asked + totals 3 4                 | set-timer close 500                                                                                     | all is told, with what is billed
   begin, turn 0 so, terminate             | termination 3 4            | closing: as asked + totals 3 4 + unsaved so    | set-timer close 500                                                                                     | a turn that was never finished is not saved
   begin, terminate                        | late drain                 | closing: as asked                              | close-socket, set-timer close 500                                                                       | a service that has the Terminate and is silent has no more words
   begin, terminate                        | late drain-in-all          | closing: as asked                              | close-socket, set-timer close 500                                                                       | nor may it talk on for ever
   begin, terminate                        | late drain doubtful        | over                                           | abort-socket, end stalled                                                                               | one that may lack it may have words left
   begin, terminate                        | late drain-in-all doubtful | over                                           | abort-socket, end stalled                                                                               | however often it was waited for
   begin, terminate                        | abort                      | closing: as asked                              | close-socket, set-timer close 500                                                                       | nobody waits any more
   begin, terminate                        | give-up                    | over                                           | abort-socket, end stalled                                                                               | the link is dead
   begin, terminate                        | closed 1006                | over                                           | end closed 1006                                                                                         | the link broke
   begin, terminate                        | error 3005                 | closing: closed 3005 + Sorry                   | set-timer close 500                                                                                     | the service failed
   IT IS LOST
   begin                                   | termination                | closing: closed 1000 Session Ended + totals    | set-timer close 500                                                                                     | a Termination nobody asked for
   begin                                   | error 3005                 | closing: closed 3005 + Sorry                   | set-timer close 500                                                                                     | an error; the close that follows is waited for
   begin, turn 0 so, turn 1 well           | error 3005                 | closing: closed 3005 + Sorry + unsaved so well | set-timer close 500                                                                                     | what was shown is not saved
   begin, turn 0 so, turn 1  , turn 2 well | closed 1006                | over                                           | end closed 1006 + unsaved so well                                                                       | of turns without words there is nothing to save
   begin, turn 0 so                        | give-up                    | over                                           | abort-socket, end stalled + unsaved so                                                                  | the link is dead
   copies, begin, raw 0 hi                 | give-up                    | over                                           | final hi, abort-socket, end stalled                                                                     | what is held is told
   IT CLOSES
   begin, abort                            | late close                 | over                                           | abort-socket, end as asked                                                                              | the socket had its moment
   begin, abort                            | abort                      | over                                           | abort-socket, end as asked                                                                              | or is not given one
`,
);

const WITHOUT_USE = readTable(
  'so far                  | changes nothing',
  `
                           | turn 0 hi, voice, heartbeat 700, termination, late drain, late held-final, late close
   begin                   | begin, late begin, late drain, late drain-in-all, late close
   copies, begin, raw 0 hi | late begin, late drain, late drain-in-all, late close
   begin, terminate        | begin, terminate, late begin, late close
   begin, abort            | begin, turn 0 hi, voice, termination, error 3005, terminate, give-up, late begin, late drain, late drain-in-all, late held-final
   begin, closed 1006      | begin, turn 0 hi, termination, error 3005, terminate, abort, give-up, late close, late drain, closed 1006
`,
);

function inShort(state: SessionState): string {
  if (state.kind === 'closing') return `closing: ${inWords(state.ending)}`;
  return 'voice' in state && state.voice !== 'none' ? `${state.kind}, voice` : state.kind;
}

describe('what one session does', () => {
  for (const { title, 'so far': story, now, state, does } of ROWS) {
    test(`${story || 'at first'} + ${now}: ${title}`, () => {
      const step = stepSession(stateAfter(story), inputOf(now));
      const got = { state: inShort(step.state), does: step.commands.map(told).join(', ') };
      expect(got).toEqual({ state, does });
    });
  }
});

describe('an input that a session has no use for', () => {
  for (const { 'so far': story, 'changes nothing': inputs } of WITHOUT_USE) {
    test.for(partsOf(inputs))(`changes nothing: ${story || 'at first'} + %s`, (input) => {
      const before = stateAfter(story);
      expect(stepSession(before, inputOf(input))).toEqual({ state: before, commands: [] });
    });
  }
});
