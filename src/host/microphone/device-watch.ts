import type { Clock } from '../../core/index.ts';
import { findProgram } from '../programs/find-program.ts';
import { spawnGuarded } from '../programs/guarded-child.ts';
import { type DeviceSearch, listSources } from './devices.ts';
import { type Device, findDefault } from './tables/device.ts';

export interface DeviceWatch extends DeviceSearch {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The device that is recorded; absent is the default. */
  readonly device?: Device | undefined;
  readonly clock: Clock;
  /** No microphone is left, so the sound server lets hear what a loudspeaker plays; or one is there again. */
  onHears(what: 'microphone' | 'loudspeaker'): void;
  /** None has come back for a while. */
  onNone(): void;
  /** The recorded device has vanished. */
  onGone(device: Device): void;
  /** The default is recorded, and is another device now. */
  onDefault(device: Device): void;
}

/** A sound server that is started again has its loudspeakers before its microphones. */
const NONE_LIMIT_MS = 2_000;
/** An event that can mean another default or a device less. */
const EVENT = /^Event '(new|change|remove)' on (server|source) /m;

/**
 * Tells what happens to the microphone while it is recorded. PulseAudio and PipeWire move a recording
 * to another device without a word to the recorder, so they are asked. Elsewhere the recorder ends
 * when its device does. The returned function ends the watch.
 */
export function watchDevices(watch: DeviceWatch): () => void {
  let isOver = false;
  let stop = () => {};
  let cancelNone = () => {};
  const start = async () => {
    const path = await findProgram('pactl', watch);
    if (path === undefined || isOver) return;
    const { platform, env } = watch;
    const look = createLook(watch, {
      isOver: () => isOver,
      wait: (task) => {
        cancelNone = watch.clock.schedule(NONE_LIMIT_MS, task);
        return cancelNone;
      },
    });
    const child = spawnGuarded({ path, args: ['subscribe'], env, platform, input: 'none' });
    child.process.on('error', () => {});
    child.process.stdout?.on('data', (text: Uint8Array) => {
      if (EVENT.test(String(text))) void look();
    });
    stop = () => child.signal('SIGKILL');
    await look();
  };
  // Without a watch the recording goes on as well; only the news is missing.
  if (watch.platform === 'linux') start().catch(() => {});
  return () => {
    isOver = true;
    cancelNone();
    stop();
  };
}

/** Compares the devices with those of the last look. Looks never overlap. */
function createLook(
  watch: DeviceWatch,
  {
    isOver,
    wait,
  }: { readonly isOver: () => boolean; readonly wait: (task: () => void) => () => void },
): () => Promise<void> {
  const { device } = watch;
  let cancelNone: (() => void) | undefined;
  let lastDefault: string | undefined;
  let state: 'idle' | 'looking' | 'again' = 'idle';
  let isPresent = true;

  const compare = (devices: readonly Device[]) => {
    // No list is no news: the server may be on its way down or up.
    if (devices.length === 0 || isOver()) return;
    if (!device?.isMonitor && findDefault(devices).kind === 'only-loudspeakers') {
      if (cancelNone) return;
      watch.onHears('loudspeaker');
      cancelNone = wait(() => watch.onNone());
      return;
    }
    if (cancelNone) {
      cancelNone();
      cancelNone = undefined;
      watch.onHears('microphone');
    }
    if (device) {
      const wasPresent = isPresent;
      isPresent = devices.some(({ id }) => id === device.id);
      if (wasPresent && !isPresent) watch.onGone(device);
      return;
    }
    const current = devices.find(({ isDefault, isMonitor }) => isDefault && !isMonitor);
    if (current && lastDefault !== undefined && current.id !== lastDefault) {
      watch.onDefault(current);
    }
    lastDefault = current?.id ?? lastDefault;
  };

  return async () => {
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    do {
      state = 'looking';
      compare(await listSources(watch));
    } while (wasAskedAgain());
    state = 'idle';
  };

  function wasAskedAgain(): boolean {
    return state === 'again';
  }
}
