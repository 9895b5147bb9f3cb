import { describe, expect, test } from 'vitest';
import { planRollOver } from '../../../src/core/sessions/roll-over.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { lookUp, partsOf, readTable } from '../../support/table.ts';

// When is a session replaced before it expires? A row is one session: how long it may live, what
// happens, and what is done. Each entry begins with its moment; all in seconds.

const ROWS = readTable(
  'life  | what happens                                  | what is done       | title',
  `
   WHETHER: the successor is opened half a minute before the end
   60    | 90                                            | 30 open            | a session of a minute
   10800 | 11000                                         | 10770 open         | of three hours, the longest there is
   45    | 90                                            | 15 open            | the shortest that is worth it
   44.9  | 90                                            |                    | a shorter one is not: its loss is handled as any other
   11100 | 11200                                         | 11070 open         | clocks may differ by five minutes
   11101 | 11200                                         |                    | an expiry beyond that is absurd
   0     | 90                                            |                    | so is one that is now
   -10   | 90                                            |                    | or was
   -     | 90                                            |                    | a service that does not say when is awaited
   WHEN: at the first pause once the successor is ready
   60    | 0 pause, 31.95 ready, 90                      | 30 open, 32 change | it is a pause, and the successor gets ready
   60    | 0 ready, 31.95 pause, 90                      | 30 open, 32 change | it is ready, and somebody pauses
   60    | 0 ready, 0 pause, 90                          | 30 open, 30 change | both at once
   60    | 0 ready, 10 pause, 20 speech, 39.95 pause, 90 | 30 open, 40 change | a pause that is over does not count
   60    | 0 ready, 90                                   | 30 open, 55 change | nobody pauses: five seconds before the end
   60    | 56.95 ready, 90                               | 30 open, 57 change | it gets ready later than that: at once
   60    | 0 pause, 90                                   | 30 open            | it never does: then the service cuts
   NOT ANY MORE
   60    | 10 cancel, 20 ready, 20 pause, 90             |                    | the dictation ended before
   60    | 40 cancel, 50 ready, 50 pause, 90             | 30 open            | or meanwhile
`,
);

function play(life: string, happens: string) {
  const clock = new FakeClock();
  const done: string[] = [];
  const now = { isPause: false, isReady: false };
  const tell = (what: string) => done.push(`${clock.now() / 1_000} ${what}`);
  const expiresAt = life === '-' ? undefined : clock.unixMs() / 1_000 + Number(life);
  const cancel = planRollOver(expiresAt, {
    clock,
    onOpen: () => tell('open'),
    isPause: () => now.isPause,
    isReady: () => now.isReady,
    onChange: () => tell('change'),
  });
  const events: Readonly<Record<string, () => void>> = {
    cancel,
    ready: () => Object.assign(now, { isReady: true }),
    pause: () => Object.assign(now, { isPause: true }),
    speech: () => Object.assign(now, { isPause: false }),
  };
  for (const part of partsOf(happens)) {
    const [at, event] = part.split(' ');
    clock.advance(Math.round(Number(at) * 1_000) - clock.now());
    if (event !== undefined) lookUp(events, event)();
  }
  return { clock, done: done.join(', '), cancel };
}

describe('when a session is replaced before it expires', () => {
  for (const { life, 'what happens': happens, 'what is done': done, title } of ROWS) {
    test(`${life} s, ${happens}: ${title}`, () => {
      const played = play(life, happens);
      expect(played.done).toBe(done);
      played.cancel();
      expect(played.clock.pending).toBe(0);
    });
  }
});
