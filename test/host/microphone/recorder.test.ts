import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { FakeClock } from '../../../src/testing/fake-clock.ts';
import { PCM, rung, startFixtures } from '../../support/sound/recorder-fixtures.ts';

describe('while it records', () => {
  test('delivers what the recorder gives, and on stop() its last part', async () => {
    const { audio, running, source } = startFixtures([rung('steady')]);
    await audio.received(PCM.length);
    running.stop();
    running.stop();
    await audio.ended();
    expect(source).toMatchObject({ kind: 'live', name: 'default microphone' });
    expect(audio.pcm.toString()).toBe(`${PCM}the last parts`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(audio.warnings).toEqual([]);
  });

  test('abort() drops what is on the way', async () => {
    const { audio, running } = startFixtures([rung('steady')]);
    await audio.received(PCM.length);
    running.abort();
    running.abort();
    await audio.ended();
    expect(audio.pcm).toEqual(PCM);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('a flood on stderr neither blocks nor fails it', async () => {
    const { audio, running } = startFixtures([rung('talks-a-lot')]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm).toEqual(PCM);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('ends an ffmpeg that takes no signals by the letter q', async () => {
    const { audio, running } = startFixtures([rung('quits-on-q', { stopBy: 'quit-key' })]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}q!`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('runs in a group of its own, so that Ctrl-C in a terminal reaches only us', async () => {
    const { audio } = startFixtures([rung('tells-its-pid')]);
    await audio.received(2);
    const pid = Number(audio.pcm.toString());
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [, , group] = stat.split(') ').at(-1)?.split(' ') ?? [];
    expect(Number(group)).toBe(pid);
  });

  test('an exit that the stop does not explain is a warning', async () => {
    const { audio, running } = startFixtures([rung('steady', { stopCodes: [] })]);
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
    const { audio, running } = startFixtures([rung('stubborn')], { clock });
    await audio.received(PCM.length);
    running.stop();
    await audio.received(PCM.length + 2);
    clock.advance(999);
    clock.advance(1);
    await audio.received(PCM.length + 4);
    clock.advance(1_000);
    await audio.ended();
    expect(audio.pcm.toString()).toBe(`${PCM}iitt`);
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
    expect(clock.pending).toBe(0);
  });

  test('a grandchild that holds the pipe does not hold the end', async () => {
    const { audio, running } = startFixtures([rung('leaves-a-child')], {
      clock: createMonotonicClock(),
    });
    await audio.received(PCM.length);
    running.stop();
    const startMs = performance.now();
    await audio.ended();
    expect(performance.now() - startMs).toBeLessThan(1_500);
  });
});
