import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMonotonicClock } from '../../../../src/host/clock.ts';
import { bundledRecorders } from '../../../../src/host/microphone/bundled.ts';
import { openRecorder, type RecorderOptions } from '../../../../src/host/microphone/recorder.ts';
import { ladderFor } from '../../../../src/host/microphone/tables/ladder.ts';
import { CollectedAudio } from '../../../support/sound/collected-audio.ts';
import { bundleRecorders, CAN_BUNDLE } from '../../../support/sound/recorders-folder.ts';
import {
  LACKS_VIRTUAL_MIC,
  startVirtualMic,
  type VirtualMic,
} from '../../../support/sound/virtual-mic.ts';

const PLATFORM = 'linux';
const SECOND_BYTES = 32_000;
const clock = createMonotonicClock();

const recorders = CAN_BUNDLE ? bundleRecorders('changes') : undefined;
const rungs = ladderFor({
  platform: PLATFORM,
  ...(recorders === undefined ? {} : { bundled: bundledRecorders(recorders) }),
});

/** Whether anything is heard of late. */
function isAlive(audio: CollectedAudio): boolean {
  return audio.pcm.subarray(-SECOND_BYTES / 4).some((byte) => byte !== 0);
}

describe.skipIf(LACKS_VIRTUAL_MIC).each(['pulseaudio', 'pipewire'] as const)('on %s', (server) => {
  let mic: VirtualMic;
  beforeEach(async () => {
    mic = await startVirtualMic(server);
    await mic.pactl('load-module', 'module-null-sink', 'sink_name=desk', 'channels=1');
  });
  afterEach(() => mic.close());

  /** Plugs in another microphone; the returned function unplugs it. */
  async function plugIn(name: string, description: string): Promise<() => Promise<string>> {
    const details = `source_properties=device.description=${description}`;
    const names = [`source_name=${name}`, 'master=desk.monitor', 'channels=1'];
    const id = await mic.pactl('load-module', 'module-remap-source', ...names, details);
    return () => mic.pactl('unload-module', id.trim());
  }

  function start(options: Partial<RecorderOptions> = {}) {
    const audio = new CollectedAudio();
    const source = openRecorder({ clock, env: mic.env, platform: PLATFORM, ...options });
    const running = source.start(audio);
    onTestFinished(() => running.abort());
    return { audio, running, source };
  }

  async function goesOn(audio: CollectedAudio): Promise<void> {
    await audio.received(audio.pcm.length + SECOND_BYTES);
    expect(audio.endings).toEqual([]);
  }

  test('takes part of a name for a microphone', async () => {
    await plugIn('usb', 'Travel-Headset');
    const { audio, running, source } = start({ device: 'travel' });
    await audio.received(1);
    expect(source.name).toBe('Travel-Headset');
    running.stop();
    await audio.ended();
    expect(audio.endings).toEqual([{ kind: 'ended' }]);
  });

  test('says which microphones there are when the name fits none', async () => {
    const { audio } = start({ device: 'no-such-microphone' });
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: 'No microphone matches "no-such-microphone". Available: "Desk-Microphone"',
    });
  });

  test('records from the default where a remembered microphone is gone', async () => {
    const { audio } = start({ device: { id: 'alsa_input.usb', name: 'Travel-Headset' } });
    await goesOn(audio);
    expect(audio.notices).toContainEqual({
      code: 'device-lost',
      message:
        'The microphone "Travel-Headset" is not connected; the default microphone records instead',
    });
  });

  test('tells that the default has changed, and goes on', async () => {
    await plugIn('usb', 'Travel-Headset');
    const { audio } = start();
    await audio.received(SECOND_BYTES / 2);
    await mic.pactl('set-default-source', 'usb');
    await audio.warned('default-changed');
    expect(audio.notices).toContainEqual({
      code: 'default-changed',
      message: 'The default microphone is "Travel-Headset" now, and the recording goes on with it',
    });
    await goesOn(audio);
  });

  test('every rung follows the default to another microphone', async () => {
    await plugIn('usb', 'Travel-Headset');
    const present = rungs.filter(({ name }) => name !== 'pw-record' || server === 'pipewire');
    const recordings = present.map((rung) => ({ name: rung.name, ...start({ rungs: [rung] }) }));
    for (const { audio } of recordings) await audio.received(SECOND_BYTES / 2);
    const heard = () => recordings.filter(({ audio }) => isAlive(audio)).map(({ name }) => name);
    expect(heard()).toEqual(present.map(({ name }) => name));
    // The first microphone hears a room; the other is as silent as only a new one can be.
    await mic.pactl('set-default-source', 'usb');
    await vi.waitFor(() => expect(heard()).toEqual([]), { timeout: 8_000, interval: 100 });
  });

  test('tells once that the chosen microphone was unplugged, and goes on with the default', async () => {
    const unplug = await plugIn('usb', 'Travel-Headset');
    const { audio } = start({ device: 'travel' });
    await audio.received(SECOND_BYTES / 2);
    await unplug();
    await audio.warned('device-lost');
    await goesOn(audio);
    expect(audio.warnings.filter((code) => code === 'device-lost')).toHaveLength(1);
  });

  test('records no loudspeaker where the sound server has no microphone', async () => {
    await mic.unplug();
    const { audio } = start();
    await audio.ended();
    expect(audio.pieces).toEqual([]);
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(
        /^No microphone was found, only what loudspeakers play: .*"Monitor of /,
      ),
    });
  });

  test('records what a loudspeaker plays when that is named', async () => {
    await mic.unplug();
    const { audio } = start({ device: 'desk.monitor' });
    await goesOn(audio);
  });

  test('ends within 5 s when the last microphone is unplugged and a loudspeaker plays on', async () => {
    const { audio } = start();
    await audio.received(SECOND_BYTES / 2);
    const unpluggedAtMs = performance.now();
    await mic.unplug();
    const play = ['--raw', '--format=s16le', '--rate=16000', '--channels=1', '--device=desk'];
    const player = spawn('pacat', play, { env: mic.env, stdio: ['pipe', 'ignore', 'ignore'] });
    player.stdin.on('error', () => {});
    player.stdin.write(Buffer.alloc(10 * SECOND_BYTES, 'loud'));
    onTestFinished(() => void player.kill('SIGKILL'));
    await audio.ended();
    expect(performance.now() - unpluggedAtMs).toBeLessThan(5_000);
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(/^The microphone is not connected any more/),
    });
  });

  test('says that the sound server went away, when it does not come back', async () => {
    const { audio } = start();
    await audio.received(SECOND_BYTES / 2);
    await mic.close();
    await audio.ended();
    expect(audio.failure).toMatchObject({
      code: 'device-missing',
      message: expect.stringMatching(/^No sound server answers/),
    });
  });
});
