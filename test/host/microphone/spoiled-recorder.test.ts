import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMonotonicClock } from '../../../src/host/clock.ts';
import { probeRung } from '../../../src/host/doctor/probe-rung.ts';
import { PCM, rung, startFixtures } from '../../support/sound/recorder-fixtures.ts';

/** The folder of a package of Lull: with the paper that goes with the program, and the program or not. */
function packageOf(program: 'whole' | 'without-its-right' | 'taken-away'): string {
  const folder = mkdtempSync(join(tmpdir(), 'lull-package-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'ffmpeg-build.txt'), 'FFmpeg 1 of Debian');
  const path = join(folder, 'ffmpeg');
  if (program !== 'taken-away') writeFileSync(path, '#!/bin/sh\nexit 1\n');
  if (program === 'whole') chmodSync(path, 0o755);
  return path;
}

const bundled = (command: string) => rung('steady', { name: 'bundled ffmpeg', command });
const SENTENCES = [
  [
    'taken-away',
    /bundled ffmpeg is gone from .*; an antivirus program may have taken it: allow it there and install Lull again/,
  ],
  ['without-its-right', /bundled ffmpeg may not be run; run: chmod 755 '.*\/ffmpeg'/],
] as const;

test.each(SENTENCES)(
  'a recorder of ours that is %s is told of, and the next one records',
  async (state, sentence) => {
    const { audio, running } = startFixtures([bundled(packageOf(state)), rung('steady')]);
    await audio.received(PCM.length);
    running.stop();
    await audio.ended();
    expect(audio.warnings).toEqual(['recorder-fallback']);
    expect(audio.notices[0]?.message).toMatch(sentence);
    expect(audio.notices[0]?.message).toMatch(/; recording with steady instead$/);
  },
);

test.each(SENTENCES)(
  'where nothing else can record, %s is why, and another one is advised',
  async (state, sentence) => {
    const { audio } = startFixtures([bundled(packageOf(state))], { clock: createMonotonicClock() });
    await audio.ended();
    const { code, message } = audio.failure ?? {};
    expect(code).toBe('recorder-missing');
    expect(message).toMatch(sentence);
    expect(message).toMatch(/; or install one with: sudo apt install pulseaudio-utils$/);
  },
);

test.each(SENTENCES)('the doctor says that it is %s', async (state, sentence) => {
  const check = await probeRung(bundled(packageOf(state)), {
    ...{ clock: createMonotonicClock(), env: {}, platform: 'linux' },
  });
  expect(check).toMatchObject({ state: 'failed', detail: expect.stringMatching(sentence) });
});

test('a platform that Lull has no recorder for is not told that one is gone', async () => {
  const nowhere = join(tmpdir(), 'lull-nowhere', 'ffmpeg');
  const { audio, running } = startFixtures([bundled(nowhere), rung('steady')]);
  await audio.received(PCM.length);
  running.stop();
  await audio.ended();
  expect(audio.warnings).toEqual([]);
});
