import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after, setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Rung } from '../../src/core/index.ts';
import { createMonotonicClock } from '../../src/host/monotonic-clock.ts';
import { openRecorder, type RecorderOptions } from '../../src/host/recorder.ts';
import { type BundledDriver, bundleDriver } from '../support/bundled-driver.ts';
import { CollectedAudio } from '../support/collected-audio.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { RUNTIMES } from '../support/runtimes.ts';

const run = promisify(execFile);
const FIXTURE = fileURLToPath(new URL('../fixtures/recorders/recorder.mjs', import.meta.url));
const PCM = Buffer.from('sixteen bit mono');

function rung(behaviour: string, details: Partial<Rung> = {}): Rung {
  return {
    name: behaviour,
    command: process.execPath,
    args: [FIXTURE, behaviour, PCM.toString('base64')],
    env: {},
    stopBy: 'interrupt',
    stopCodes: [1],
    ...details,
  };
}

function setup(rungs: readonly Rung[], options: Partial<RecorderOptions> = {}) {
  const audio = new CollectedAudio();
  const source = openRecorder({
    clock: createMonotonicClock(),
    rungs,
    platform: 'linux',
    ...options,
  });
  const running = source.start(audio);
  onTestFinished(() => running.abort());
  return { audio, source, running };
}

/** Waits on the children of a test that uses a clock of its own. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await setImmediate();
}

/** Linux's letter for what a process does; Z is one that has ended and is not yet collected. */
async function stateOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') gone ');
  return stat.split(') ').at(-1)?.split(' ')[0];
}

describe('while it records', () => {
  test('delivers what the recorder gives, and on stop() its last part', async () => {
    const { audio, running, source } = setup([rung('steady')]);
    await audio.received(PCM.length);
    running.stop();
    running.stop();
    await audio.ended();
    expect(source).toMatchObject({ kind: 'live', name: 'default microphone' });
    expect(audio.pcm.toString()).toBe(`${PCM}the last part`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.warnings).toEqual([]);
  });

  test('abort() drops what is on the way', async () => {
    const { audio, running } = setup([rung('steady')]);
    await audio.received(PCM.length);
    running.abort();
    running.abort();
    await audio.ended();
    expect(audio.pcm).toEqual(PCM);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('a flood on stderr neither blocks nor fails it', async () => {
    const { audio, running } = setup([rung('talks-a-lot')]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm).toEqual(PCM);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test.each([
    ['dies-midway', 'dies-midway ended with exit code 3: [31mdevice unplugged'],
    ['is-killed-midway', 'is-killed-midway was ended by SIGSEGV'],
  ])('%s is an error that names the recorder', async (behaviour, sentence) => {
    const { audio } = setup([rung(behaviour), rung('steady')]);
    await audio.ended();
    expect(audio.pcm).toEqual(PCM);
    expect(audio.endings).toHaveLength(1);
    expect(audio.failure).toMatchObject({
      code: 'recorder-failed',
      message: `The recording broke off (${sentence}): check that the microphone is connected`,
    });
  });

  test('ends an ffmpeg that takes no signals by the letter q', async () => {
    const { audio, running } = setup([rung('quits-on-q', { stopBy: 'quit-key' })]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}q`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('an exit that the stop does not explain is a warning', async () => {
    const { audio, running } = setup([rung('steady', { stopCodes: [] })]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.warnings).toEqual(['recorder-exit']);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });
});

describe('stop() with growing force', () => {
  test('SIGINT at once, SIGTERM after 1 s, SIGKILL after 2 s', async () => {
    const clock = new FakeClock();
    const { audio, running } = setup([rung('stubborn')], { clock });
    await audio.received(PCM.length);
    running.stop();
    await audio.received(PCM.length + 1);
    clock.advance(999);
    clock.advance(1);
    await audio.received(PCM.length + 2);
    clock.advance(1_000);
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}it`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(clock.pending).toBe(0);
  });

  test('a grandchild that holds the pipe does not hold the end', async () => {
    const { audio, running } = setup([rung('leaves-a-child')]);
    await audio.received(PCM.length);
    running.stop();
    const startMs = performance.now();
    await audio.ended();
    expect(performance.now() - startMs).toBeLessThan(1_500);
  });
});

describe('the ladder', () => {
  test.each(['ends-at-once', 'fails-without-server', 'half-a-sample'])(
    '%s: the next rung records',
    async (behaviour) => {
      const { audio } = setup([rung(behaviour), rung('steady')]);
      await audio.received(PCM.length);
      expect(audio.pcm).toEqual(PCM);
      expect(audio.warnings).toEqual(['recorder-fallback']);
    },
  );

  test('a recorder that gives nothing for 2.5 s is passed over', async () => {
    const clock = new FakeClock();
    const { audio } = setup([rung('silent'), rung('steady')], { clock });
    await until(() => clock.pending === 1);
    clock.advance(2_499);
    await setImmediate();
    expect(audio.pieces).toEqual([]);
    clock.advance(1);
    await audio.received(PCM.length);
    expect(audio.pcm).toEqual(PCM);
  });

  test('a program that is not there is passed over without a word', async () => {
    const missing = rung('missing', { command: 'lull-no-such-recorder' });
    const { audio } = setup([missing, rung('steady')]);
    await audio.received(PCM.length);
    expect(audio.warnings).toEqual([]);
  });

  test('a file that cannot be run is passed over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lull-recorder-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const command = join(folder, 'parec');
    await writeFile(command, '\x7fELF but not really', { mode: 0o755 });
    const { audio } = setup([rung('broken', { command }), rung('steady')]);
    await audio.received(PCM.length);
    expect(audio.warnings).toEqual(['recorder-fallback']);
  });

  test('stop() before the first sample ends it and tries no other rung', async () => {
    const clock = new FakeClock();
    const { audio, running } = setup([rung('silent'), rung('steady')], { clock });
    await until(() => clock.pending === 1);
    running.stop();
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.pieces).toEqual([]);
  });

  test('stop() right after the start ends it once', async () => {
    const { audio, running } = setup([rung('steady')]);
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
          'No sound server answers (fails-without-server ended with exit code 1: Connection failure: Connection refused; ends-at-once ended with exit code 0): start PulseAudio or PipeWire and try again',
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
    const { audio } = setup(rungs, options);
    await audio.ended();
    expect(audio.failure).toMatchObject(expected);
    expect(audio.endings).toHaveLength(1);
  });

  test('no sample from any: the microphone gives no sound', async () => {
    const clock = new FakeClock();
    const { audio } = setup([rung('silent')], { clock });
    await until(() => clock.pending === 1);
    clock.advance(2_500);
    await audio.ended();
    expect(audio.failure).toMatchObject({ code: 'no-samples' });
  });
});

describe.each(RUNTIMES)('in $name', ({ command, args }) => {
  let driver: BundledDriver;
  beforeAll(async () => {
    driver = await bundleDriver('test/host/fixtures/recorder-driver.ts');
  });
  afterAll(() => driver.remove());

  async function drive(behaviour: string, action: 'stop' | 'exit') {
    const program = [FIXTURE, behaviour, PCM.toString('base64')];
    const { stdout } = await run(command, [
      ...args,
      driver.path,
      action,
      process.execPath,
      ...program,
    ]);
    return stdout;
  }

  test('a recording is stopped and its last part kept', async () => {
    expect(await drive('steady', 'stop')).toBe(`${PCM}the last part\nended\n`);
  });

  test.each(['ends-at-once', 'missing'])('a recorder that is %s is an error', async (behaviour) => {
    expect(await drive(behaviour, 'stop')).toBe('\nrecorder-failed\n');
  });

  test('no recorder outlives the program', async () => {
    const pid = Number(await drive('tells-its-pid', 'exit'));
    expect(pid).toBeGreaterThan(1);
    // The kill was sent before the program ended; that it has worked takes a moment.
    await vi.waitFor(async () => expect(await stateOf(pid)).toMatch(/^(gone|Z)$/));
  });
});
