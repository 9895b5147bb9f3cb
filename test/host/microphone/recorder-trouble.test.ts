import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { openRecorder } from '../../../src/host/microphone/recorder.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { CollectedAudio } from '../../support/sound/collected-audio.ts';
import { FIXTURE, PCM, rung, startFixtures, until } from '../../support/sound/recorder-fixtures.ts';

describe('a recording that breaks off', () => {
  test('goes on within a second, and what was captured stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-recorder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'breaks');
    await writeFile(file, '');
    const env = { ...process.env, LULL_FIXTURE_FILE: file };
    const { audio, running } = startFixtures([rung('breaks-once')], { env });
    await audio.received(PCM.length);
    const brokeAtMs = performance.now();
    await audio.received(2 * PCM.length);
    expect(performance.now() - brokeAtMs).toBeLessThan(1_000);
    running.stop();
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}${PCM}the last parts`);
    expect(audio.notices).toEqual([
      {
        code: 'recorder-restarted',
        message:
          'The recording broke off (breaks-once ended with exit code 3: [31mdevice unplugged) and goes on with breaks-once',
      },
    ]);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test.each([
    ['dies-midway', 'dies-midway ended with exit code 3: [31mdevice unplugged'],
    ['is-killed-midway', 'is-killed-midway was ended by SIGSEGV'],
  ])('again and again (%s) is an error that names the recorder', async (behaviour, sentence) => {
    const { audio } = startFixtures([rung(behaviour)]);
    await audio.ended();
    expect(audio.pcm).toEqual(Buffer.concat([PCM, PCM, PCM, PCM]));
    expect(audio.endings).toHaveLength(1);
    expect(audio.failure).toMatchObject({
      code: 'recorder-failed',
      message: `The recording broke off (${sentence}): check that the microphone is connected`,
    });
  });

  test('because somebody killed the recorder is the end at once', async () => {
    const { audio } = startFixtures([rung('is-ended-by-hand')]);
    await audio.ended();
    expect(audio.pcm).toEqual(Buffer.from(PCM));
    expect(audio.failure).toMatchObject({
      code: 'recorder-failed',
      message: expect.stringContaining('is-ended-by-hand was ended by SIGKILL'),
    });
  });

  test('without ending is noticed after 2.5 s and begun again', async () => {
    const clock = new FakeClock();
    const { audio } = startFixtures([rung('stalls')], { clock });
    await audio.received(PCM.length);
    clock.advance(2_499);
    await setImmediate();
    expect(audio.pcm).toEqual(PCM);
    clock.advance(1);
    await audio.received(2 * PCM.length);
    expect(audio.notices).toEqual([
      {
        code: 'recorder-stalled',
        message: 'stalls went silent for 2.5 s; recording goes on with stalls',
      },
    ]);
  });

  test('drops the half sample it ended with, so that the rest is not shifted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-recorder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'breaks');
    await writeFile(file, '');
    const env = { ...process.env, LULL_FIXTURE_FILE: file };
    const odd = Buffer.concat([PCM, Buffer.from('x')]).toString('base64');
    const command = rung('breaks-once', { args: [FIXTURE, 'breaks-once', odd] });
    const { audio } = startFixtures([command], { env });
    await audio.received(2 * PCM.length);
    expect(audio.pcm).toEqual(Buffer.concat([PCM, PCM]));
  });
});

describe('a recorder that loses sound', () => {
  /** A tenth more time passes than there is sound; resolves to what is told first. */
  async function firstNotice(names: readonly string[]) {
    const clock = new FakeClock();
    const audio = new CollectedAudio((piece) => clock.advance((piece.length / 32) * 1.1));
    const rungs = names.map((name) => rung('hurries', { name }));
    const running = openRecorder({ clock, rungs, platform: 'linux' }).start(audio);
    onTestFinished(() => running.abort());
    await audio.warned('recorder-lossy');
    const { length } = audio.pcm;
    await audio.received(length + 1);
    expect(audio.endings).toEqual([]);
    return audio.notices[0]?.message;
  }

  test('is passed over for the next, which goes on', async () => {
    expect(await firstNotice(['first', 'second'])).toMatch(
      /^first lost \d+ % of the sound in 5 s, so words may be missing; recording goes on with second$/,
    );
  });

  test('is kept where it is the only one', async () => {
    expect(await firstNotice(['alone'])).toMatch(
      /^alone lost \d+ % of the sound in 5 s, .*; no other program can record, so close programs that keep/,
    );
  });
});

test('a microphone that says nothing for a second is worth a word', async () => {
  const clock = new FakeClock();
  const { audio } = startFixtures([rung('silent')], { clock });
  await until(() => clock.pending === 2);
  clock.advance(999);
  expect(audio.warnings).toEqual([]);
  clock.advance(1);
  expect(audio.warnings).toEqual(['microphone-late']);
});

describe('a command line of the person’s own', () => {
  const command = (behaviour: string) =>
    `"${process.execPath}" '${FIXTURE}' ${behaviour} ${PCM.toString('base64')}`;

  test('records instead of the ladder', async () => {
    const clock = createMonotonicClock();
    const { audio, running } = startFixtures(undefined, { command: command('steady'), clock });
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}the last parts`);
    // A busy machine may take a second to start the program, and that is said.
    expect(audio.warnings.filter((code) => code !== 'microphone-late')).toEqual([]);
  });

  test.each([
    ['prints-text', 'wrote text or a sound file instead of raw 16-bit sound'],
    ['writes-a-wav', 'wrote text or a sound file instead of raw 16-bit sound'],
    ['ends-at-once', 'ended with exit code 0'],
    ['half-a-sample', 'ended with exit code 1'],
  ])('that %s is named with what it did', async (behaviour, did) => {
    const { audio } = startFixtures(undefined, { command: command(behaviour) });
    await audio.ended();
    expect(audio.pieces).toEqual([]);
    expect(audio.failure).toEqual(
      expect.objectContaining({
        code: 'recorder-failed',
        message: `Your own recorder did not record (custom recorder ${did}): it has to write raw 16-bit mono sound of 16 kHz to its standard output`,
      }),
    );
  });

  test.each(['talks-a-lot', 'stubborn'])('that %s still records and ends', async (behaviour) => {
    const clock = createMonotonicClock();
    const { audio, running } = startFixtures(undefined, { command: command(behaviour), clock });
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm.subarray(0, PCM.length)).toEqual(PCM);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('that is not there is missing', async () => {
    const { audio } = startFixtures(undefined, { command: 'lull-no-such-recorder --now' });
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'recorder-missing',
      message: expect.stringMatching(
        /^Your own recorder "lull-no-such-recorder" was not found: .*LULL_RECORDER.*lull\.recorder/,
      ),
    });
  });
});
