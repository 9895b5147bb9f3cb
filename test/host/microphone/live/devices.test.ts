import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listDevices } from '../../../../src/host/microphone/devices.ts';
import { parseOwnList } from '../../../../src/host/microphone/tables/device-lists.ts';
import { findProgram } from '../../../../src/host/programs/find-program.ts';
import { bundleRecorders, CAN_BUNDLE } from '../../../support/sound/recorders-folder.ts';
import {
  LACKS_VIRTUAL_MIC,
  startVirtualMic,
  type VirtualMic,
} from '../../../support/sound/virtual-mic.ts';

const run = promisify(execFile);
const PLATFORM = 'linux';

describe.skipIf(LACKS_VIRTUAL_MIC).each(['pulseaudio', 'pipewire'] as const)('on %s', (server) => {
  let mic: VirtualMic;
  beforeAll(async () => {
    mic = await startVirtualMic(server);
  });
  afterAll(() => mic?.close());

  test.each(['pactl', 'ffmpeg'])(
    '%s alone lists the microphone and no loudspeaker',
    async (name) => {
      const folder = await mkdtemp(join(tmpdir(), 'lull-only-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const program = await findProgram(name, { env: process.env, platform: PLATFORM });
      await symlink(program ?? '', join(folder, name));
      const env = { ...mic.env, LULL_RECORDER_PATH: folder };
      expect(await listDevices({ env, platform: PLATFORM })).toEqual([
        { system: 'pulse', id: 'mic', name: 'Desk-Microphone', isDefault: true },
      ]);
    },
  );

  test.runIf(CAN_BUNDLE)('what comes with Lull lists it without any program', async () => {
    const recorders = bundleRecorders('devices');
    const list = async (...args: readonly string[]) =>
      (await run(process.execPath, args, { env: mic.env })).stdout;
    const fromPulse = await list(`${recorders}/pulse.mjs`, '--list');
    expect(parseOwnList('pulse')(fromPulse)).toContainEqual(
      expect.objectContaining({ system: 'pulse', id: 'mic', name: 'Desk-Microphone' }),
    );
    const addon = `${recorders}/linux-x64/pv_recorder.node`;
    const fromAddon = await list(`${recorders}/addon.mjs`, addon, '--list');
    expect(parseOwnList('miniaudio')(fromAddon)).toMatchObject([{ name: 'Desk-Microphone' }]);
  });
});
