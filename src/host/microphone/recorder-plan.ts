import { DictationError } from '../../core/index.ts';
import type { Environment } from '../config-folder.ts';
import { isSearchNarrowed } from '../programs/find-program.ts';
import { bundledRecorders } from './bundled.ts';
import { type DeviceSearch, findListedDevice, listSources } from './devices.ts';
import { onlyLoudspeakers } from './recorder-messages.ts';
import { type Device, type DeviceChoice, findDefault } from './tables/device.ts';
import { customRung, type LadderRequest, ladderFor } from './tables/ladder.ts';
import type { Rung } from './tables/rung.ts';

export interface PlanRequest extends DeviceSearch {
  readonly platform: string;
  readonly env: Environment;
  /** Absent is the system's default. */
  readonly device?: DeviceChoice | undefined;
  /** A command line of the person's own, instead of the ladder. */
  readonly command?: string | undefined;
}

/** What to try, and whether the device that was wanted is among it. */
export interface RecordingPlan {
  readonly rungs: readonly Rung[];
  /** The device the rungs will record; absent is the default, or one that no list has. */
  readonly device?: Device;
  /** The name of the device that is not there, where the default takes its place. */
  readonly gone?: string;
}

/** @throws DictationError `device-missing` where a named device is not there, or is not one */
export async function planRecording(request: PlanRequest): Promise<RecordingPlan> {
  const { command, device } = request;
  if (command !== undefined) {
    const rung = customRung(command);
    return { rungs: rung ? [rung] : [] };
  }
  if (device === undefined) return planDefault(request);
  const found = await findListedDevice(device, request);
  switch (found.kind) {
    case 'found':
      return { rungs: ladder(request, found.device), device: found.device };
    case 'ambiguous': {
      const message = `The microphone "${nameOf(device)}" could be ${quoteAll(found.names)}: say more of its name`;
      throw new DictationError('device-missing', message);
    }
    case 'gone': {
      if (typeof device !== 'string') {
        return { ...(await planDefault(request)), gone: device.name };
      }
      // Where nothing lists devices, the programs themselves may know it.
      if (found.known.length === 0) {
        return { rungs: ladder(request, { id: device, name: device }) };
      }
      const message = `No microphone matches "${device}". Available: ${quoteAll(found.known)}`;
      throw new DictationError('device-missing', message);
    }
    default:
      return found satisfies never;
  }
}

export function nameOf(device: DeviceChoice): string {
  return typeof device === 'string' ? device : device.name;
}

async function planDefault(request: PlanRequest): Promise<RecordingPlan> {
  if (request.platform === 'darwin') return { rungs: ladder(request, undefined) };
  const devices = await listSources(request);
  if (request.platform === 'win32') {
    // DirectShow knows no default, so its recorders are told the first device there is.
    const [first] = devices;
    return { rungs: ladder(request, first?.system === 'dshow' ? first : undefined) };
  }
  // Where a sound server has no microphone its default is what the loudspeaker plays.
  const found = findDefault(devices);
  if (found.kind === 'only-loudspeakers') throw onlyLoudspeakers(devices);
  return { rungs: ladder(request, found.kind === 'instead' ? found.device : undefined) };
}

function ladder(
  { platform, env, bundled }: PlanRequest,
  device: LadderRequest['device'],
): readonly Rung[] {
  const hasOurs = bundled !== undefined && !isSearchNarrowed(env);
  return ladderFor({
    platform,
    ...(device === undefined ? {} : { device }),
    ...(hasOurs ? { bundled: bundledRecorders(bundled) } : {}),
  });
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
