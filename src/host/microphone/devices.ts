import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Environment } from '../config-folder.ts';
import { childEnvironment } from '../programs/child-environment.ts';
import { findProgram, isSearchNarrowed } from '../programs/find-program.ts';
import { bundledRecorders } from './bundled.ts';
import { type Device, type DeviceChoice, type FoundDevice, findDevice } from './tables/device.ts';
import { type Lister, listersFor } from './tables/listers.ts';

export interface DeviceSearch {
  readonly platform?: string | undefined;
  readonly env?: Environment | undefined;
  /** The folder of the recorders that come with Lull. */
  readonly bundled?: string | undefined;
}

/** What `findListedDevice` says besides: the names it has seen, for people. */
export type ListedDevice = FoundDevice & { readonly known: readonly string[] };

const LIST_LIMIT_MS = 3_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** The microphones there are; none where nothing can list. */
export async function listDevices(search: DeviceSearch = {}): Promise<readonly Device[]> {
  return (await listSources(search)).filter(({ isMonitor }) => !isMonitor);
}

/** All that the first program knows that knows any, loudspeakers included. */
export async function listSources(search: DeviceSearch): Promise<readonly Device[]> {
  for await (const devices of lists(search)) {
    if (devices.length > 0) return devices;
  }
  return [];
}

/** The device somebody wants, in any list that has it. */
export async function findListedDevice(
  choice: DeviceChoice,
  search: DeviceSearch,
): Promise<ListedDevice> {
  const known = new Set<string>();
  for await (const devices of lists(search)) {
    for (const { name, isMonitor } of devices) if (!isMonitor) known.add(name);
    const found = findDevice(devices, choice);
    if (found.kind !== 'gone') return { ...found, known: [...known] };
  }
  return { kind: 'gone', known: [...known] };
}

async function* lists(search: DeviceSearch): AsyncGenerator<readonly Device[]> {
  const { platform = process.platform, env = process.env, bundled } = search;
  const ours =
    bundled === undefined || isSearchNarrowed(env) ? undefined : bundledRecorders(bundled);
  for (const lister of listersFor(platform, ours)) {
    const path = await findProgram(lister.command, { env, platform });
    if (path === undefined || !(await hasNeeds(lister))) continue;
    yield await ask(lister, path, env);
  }
}

async function ask(lister: Lister, path: string, env: Environment): Promise<readonly Device[]> {
  const asked = { lister, env: { ...env, ...lister.env } };
  const outputs = await Promise.all(lister.runs.map((args) => outputOf(path, args, asked)));
  try {
    return lister.parse(...outputs);
  } catch {
    // Not the list that was asked for: as good as none.
    return [];
  }
}

/** What it wrote, whatever its exit code: ffmpeg lists devices and then fails to open none. */
function outputOf(
  path: string,
  args: readonly string[],
  { lister, env }: { readonly lister: Lister; readonly env: Environment },
): Promise<string> {
  return new Promise((resolve) => {
    const limits = {
      timeout: LIST_LIMIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_BYTES,
    } as const;
    const options = {
      ...limits,
      env: { ...childEnvironment(env), LC_ALL: 'C.UTF-8' },
      windowsHide: true,
    };
    const child = execFile(path, args, options, (_error, stdout, stderr) =>
      resolve(lister.output === 'stdout' ? stdout : stderr),
    );
    child.stdin?.end();
  });
}

export async function hasNeeds({ needs }: { readonly needs?: string }): Promise<boolean> {
  if (needs === undefined) return true;
  return access(needs).then(
    () => true,
    () => false,
  );
}
