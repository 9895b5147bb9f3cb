import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after, setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecorderOptions } from '../../../src/host/microphone/recorder.ts';
import type { Rung } from '../../../src/host/microphone/tables/rung.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { PCM, rung, startFixtures, until } from '../../support/sound/recorder-fixtures.ts';

describe('the ladder', () => {
  test.each(['ends-at-once', 'fails-without-server', 'half-a-sample'])(
    '%s: the next rung records',
    async (behaviour) => {
      const { audio } = startFixtures([rung(behaviour), rung('steady')]);
      await audio.received(PCM.length);
      expect(audio.pcm).toEqual(PCM);
      expect(audio.warnings).toEqual(['recorder-fallback']);
    },
  );

  test('a recorder that gives nothing for 2.5 s is passed over', async () => {
    const clock = new FakeClock();
    const { audio } = startFixtures([rung('silent'), rung('steady')], { clock });
    await until(() => clock.pending === 2);
    clock.advance(2_499);
    await setImmediate();
    expect(audio.pieces).toEqual([]);
    clock.advance(1);
    await audio.received(PCM.length);
    expect(audio.pcm).toEqual(PCM);
  });

  test('a program that is not there is passed over without a word', async () => {
    const missing = rung('missing', { command: 'lull-no-such-recorder' });
    const { audio } = startFixtures([missing, rung('steady')]);
    await audio.received(PCM.length);
    expect(audio.warnings).toEqual([]);
  });

  test('a file that cannot be run is passed over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-recorder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const command = join(folder, 'parec');
    await writeFile(command, '\x7fELF but not really', { mode: 0o755 });
    const { audio } = startFixtures([rung('broken', { command }), rung('steady')]);
    await audio.received(PCM.length);
    expect(audio.warnings).toEqual(['recorder-fallback']);
  });

  test('stop() before the first sample ends it and tries no other rung', async () => {
    const clock = new FakeClock();
    const { audio, running } = startFixtures([rung('silent'), rung('steady')], { clock });
    await until(() => clock.pending === 2);
    running.stop();
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.pieces).toEqual([]);
  });

  test('stop() right after the start ends it once', async () => {
    const { audio, running } = startFixtures([rung('steady')]);
    running.stop();
    running.abort();
    await audio.ended();
    await after(50);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });
});

describe('when nothing records', () => {
  const cases: readonly (readonly [string, readonly Rung[], Partial<RecorderOptions>, object])[] = [
    [
      'no program',
      [],
      {},
      {
        code: 'recorder-missing',
        message: expect.stringContaining('sudo apt install pulseaudio-utils'),
      },
    ],
    [
      'no program on a Mac',
      [],
      { platform: 'darwin' },
      { code: 'recorder-missing', message: expect.stringContaining('brew install sox') },
    ],
    [
      'no sound server',
      [rung('fails-without-server'), rung('ends-at-once')],
      {},
      {
        code: 'device-missing',
        message:
          'No sound server answers (fails-without-server ended with exit code 1: Connection failure: Connection refused): start PulseAudio or PipeWire and try again',
        detail:
          'Recorders tried: fails-without-server ended with exit code 1: Connection failure: Connection refused; ends-at-once ended with exit code 0',
      },
    ],
    [
      'no device',
      [rung('fails-without-device')],
      {},
      { code: 'device-missing', message: expect.stringMatching(/^No microphone was found/) },
    ],
    [
      'no device of that name',
      [rung('fails-without-device')],
      { device: 'Headset' },
      {
        code: 'device-missing',
        message: expect.stringMatching(/^The microphone "Headset" was not found/),
      },
    ],
    [
      'no reason',
      [rung('ends-at-once')],
      {},
      {
        code: 'recorder-failed',
        message: expect.stringContaining('ends-at-once ended with exit code 0'),
      },
    ],
  ];
  test.each(cases)('%s: one error that says what to do', async (_, rungs, options, expected) => {
    const { audio } = startFixtures(rungs, options);
    await audio.ended();
    expect(audio.failure).toMatchObject(expected);
    expect(audio.endings).toHaveLength(1);
  });

  test('no sample from any: the microphone gives no sound', async () => {
    const clock = new FakeClock();
    const { audio } = startFixtures([rung('silent')], { clock });
    await until(() => clock.pending === 2);
    clock.advance(2_500);
    await audio.ended();
    expect(audio.failure).toMatchObject({ code: 'no-samples' });
  });
});
