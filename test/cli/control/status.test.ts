import { expect, test } from 'vitest';
import { reportOf, watchStatus } from '../../../src/cli/control/status.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { finalEvent } from '../output/final-event.ts';

test('tells a bar what the dictation does, and nothing of what was said', () => {
  const clock = new FakeClock();
  const status = watchStatus(clock);
  expect(status.now()).toEqual({ state: 'connecting', seconds: 0, finals: 0 });
  status.onEvent({ type: 'listening', engine: 'local', device: 'mic' });
  status.onEvent(finalEvent('Secret plans.'));
  clock.advance(72_400);
  status.onEvent({ type: 'countdown', remainingMs: 2_980, reason: 'silence' });
  const report = reportOf(status.now());
  expect(report).toEqual({
    state: 'counting-down',
    seconds: 72,
    finals: 1,
    remainingSeconds: 3,
    text: 'stops in 3 s',
    alt: 'counting-down',
    class: 'counting-down',
    tooltip: 'Listening for 1:12, 1 phrase so far',
  });
  expect(JSON.stringify(report)).not.toContain('Secret');
});

test('is idle where nobody dictates', () => {
  expect(reportOf(undefined)).toMatchObject({ state: 'idle', text: '', class: 'idle' });
});
