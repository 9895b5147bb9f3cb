import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createMonotonicClock } from '../../../../src/host/clock.ts';
import { bundledRecorders } from '../../../../src/host/microphone/bundled.ts';
import { openRecorder } from '../../../../src/host/microphone/recorder.ts';
import { ladderFor } from '../../../../src/host/microphone/tables/ladder.ts';
import { findProgram } from '../../../../src/host/programs/find-program.ts';
import { CollectedAudio } from '../../../support/sound/collected-audio.ts';
import { bestCorrelation, sweep } from '../../../support/sound/correlation.ts';
import { bundleRecorders, CAN_BUNDLE } from '../../../support/sound/recorders-folder.ts';
import {
  LACKS_VIRTUAL_MIC,
  startVirtualMic,
  type VirtualMic,
} from '../../../support/sound/virtual-mic.ts';
import { lacks } from '../../../support/system-packages.ts';

const PACKAGES: Readonly<Record<string, string>> = {
  parec: 'pulseaudio-utils',
  'pw-record': 'pipewire-bin',
  arecord: 'alsa-utils libasound2-plugins',
  ffmpeg: 'ffmpeg',
  sox: 'sox libsox-fmt-all',
};
const PLATFORM = 'linux';
/** Later, and the rung is passed over; a second late is worth a word, which a busy machine may cause. */
const FIRST_SAMPLE_MS = 2_500;
/** They drop sound now and then on a busy machine, which is why they come last: docs/decisions/recorders.md. */
const LOSES_SOUND = ['bundled addon', 'pw-record'];
/** Of what is said, the start and the end that each rung has to hear whole. */
const EDGE_BYTES = 0.3 * 32_000;
const clock = createMonotonicClock();
const LACKS_PIPEWIRE =
  lacks('pipewire-pulse', 'pipewire-pulse') || lacks('wireplumber', 'wireplumber');

const recorders = CAN_BUNDLE ? bundleRecorders('microphone') : undefined;
const rungs = ladderFor({
  platform: PLATFORM,
  ...(recorders === undefined ? {} : { bundled: bundledRecorders(recorders) }),
});

describe.each([
  ['PulseAudio', 'pulseaudio', LACKS_VIRTUAL_MIC],
  ['PipeWire', 'pipewire', LACKS_VIRTUAL_MIC || LACKS_PIPEWIRE],
] as const)('on %s', (_, server, isLacking) => {
  let mic: VirtualMic;
  beforeAll(async () => {
    if (!isLacking) mic = await startVirtualMic(server);
  });
  afterAll(() => mic?.close());

  // Only PipeWire speaks the language of its own recorder.
  const present = rungs.filter(({ name }) => name !== 'pw-record' || server === 'pipewire');

  test.skipIf(isLacking).each(present.map((rung) => [rung.name, rung] as const))(
    'with %s, hears what is said from the start to the last word before stop()',
    async (_name, rung) => {
      if (rung.command in PACKAGES && lacks(rung.command, PACKAGES[rung.command] ?? '')) return;
      const audio = new CollectedAudio();
      const startedAtMs = performance.now();
      const source = openRecorder({ clock, env: mic.env, platform: PLATFORM, rungs: [rung] });
      const running = source.start(audio);
      await audio.received(1);
      expect(performance.now() - startedAtMs).toBeLessThan(FIRST_SAMPLE_MS);
      const said = sweep(1);
      await mic.play(said);
      running.stop();
      await audio.ended();
      expect(audio.endings).toEqual([{ kind: 'ended' }]);
      expect(audio.warnings.filter((code) => code !== 'microphone-late')).toEqual([]);
      const parts = LOSES_SOUND.includes(rung.name)
        ? [said.subarray(0, EDGE_BYTES), said.subarray(-EDGE_BYTES)]
        : [said];
      for (const part of parts) expect(bestCorrelation(audio.pcm, part)).toBeGreaterThan(0.95);
    },
  );

  const programs = Object.keys(PACKAGES).filter(
    (name) => name !== 'pw-record' || server === 'pipewire',
  );
  test.skipIf(isLacking).each(programs)(
    '%s records where it is the only program there is',
    async (name) => {
      if (lacks(name, PACKAGES[name] ?? '')) return;
      const folder = await mkdtemp(join(tmpdir(), 'lull-only-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const program = await findProgram(name, { env: process.env, platform: PLATFORM });
      await symlink(program ?? '', join(folder, name));
      const env = { ...mic.env, LULL_RECORDER_PATH: folder };
      const audio = new CollectedAudio();
      const startedAtMs = performance.now();
      const running = openRecorder({ clock, env, platform: PLATFORM }).start(audio);
      await audio.received(1);
      expect(performance.now() - startedAtMs).toBeLessThan(FIRST_SAMPLE_MS);
      running.stop();
      await audio.ended();
      expect(audio.endings).toEqual([{ kind: 'ended' }]);
      expect(audio.warnings.filter((code) => code !== 'microphone-late')).toEqual([]);
    },
  );
});
