import { describe, expect, test } from 'vitest';
import { planRollOver } from '../../../src/core/sessions/roll-over.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A session that expires so many seconds from now, and what is done when. */
function setup(lifeSeconds: number | undefined) {
  const clock = new FakeClock();
  const done: string[] = [];
  const state = { isPause: false, isReady: false };
  const tell = (what: string) => done.push(`${clock.now() / 1_000} s: ${what}`);
  const expiresAt = lifeSeconds === undefined ? undefined : clock.unixMs() / 1_000 + lifeSeconds;
  const cancel = planRollOver(expiresAt, {
    clock,
    onOpen: () => tell('open'),
    isPause: () => state.isPause,
    isReady: () => state.isReady,
    onChange: () => tell('change'),
  });
  return { clock, done, state, cancel };
}

describe('planRollOver', () => {
  test.for([
    { life: undefined, opens: 'never' },
    { life: -10, opens: 'never' },
    { life: 0, opens: 'never' },
    { life: 44.9, opens: 'never' },
    { life: 45, opens: '15 s: open' },
    { life: 60, opens: '30 s: open' },
    { life: 10_800, opens: '10770 s: open' },
    { life: 11_100, opens: '11070 s: open' },
    { life: 11_101, opens: 'never' },
  ])('a session of $life s: its successor is opened $opens', ({ life, opens }) => {
    const { clock, done } = setup(life);
    clock.advance((life ?? 60) * 1_000 + 100);
    expect(done[0] ?? 'never').toBe(opens);
  });

  test('changes over at the first pause once the successor is ready', () => {
    const { clock, done, state } = setup(60);
    state.isPause = true;
    clock.advance(31_950);
    expect(done).toEqual(['30 s: open']);
    state.isReady = true;
    clock.advance(20_000);
    expect(done).toEqual(['30 s: open', '32 s: change']);
    expect(clock.pending).toBe(0);
  });

  test('changes over five seconds before the end where nobody pauses', () => {
    const { clock, done, state } = setup(60);
    state.isReady = true;
    clock.advance(60_000);
    expect(done).toEqual(['30 s: open', '55 s: change']);
  });

  test('does nothing once it was stopped, before and after the successor was opened', () => {
    for (const stoppedAtMs of [10_000, 40_000]) {
      const { clock, done, state, cancel } = setup(60);
      clock.advance(stoppedAtMs);
      cancel();
      state.isReady = true;
      state.isPause = true;
      clock.advance(60_000);
      expect(done.filter((line) => line.endsWith('change'))).toEqual([]);
      expect(clock.pending).toBe(0);
    }
  });
});
