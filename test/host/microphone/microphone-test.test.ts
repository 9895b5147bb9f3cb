import { expect, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { testMicrophone } from '../../../src/host/microphone/microphone-test.ts';
import { rung } from '../../support/sound/recorder-fixtures.ts';

const setup = { clock: createMonotonicClock(), platform: 'linux', durationMs: 50 } as const;

test('measures the first sample and the level, and shows the level as it comes', async () => {
  const levels: number[] = [];
  const result = await testMicrophone({
    ...setup,
    rungs: [rung('hums')],
    onLevel: (levelDb) => levels.push(levelDb),
  });
  expect(result).toMatchObject({ device: 'default microphone' });
  expect(result.error).toBeUndefined();
  expect(result.firstSampleMs).toBeGreaterThan(0);
  expect(result.levelDb).toBe(Math.max(...levels));
  expect(result.levelDb).toBeCloseTo(-30, 0);
});

test('gives the error of a microphone that cannot be recorded', async () => {
  const result = await testMicrophone({ ...setup, rungs: [rung('fails-without-device')] });
  expect(result.error?.code).toBe('device-missing');
  expect(result.levelDb).toBeUndefined();
});
