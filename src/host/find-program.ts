import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** What is started from the Dock of a Mac has a PATH without the folders of Homebrew and MacPorts. */
const MAC_FOLDERS = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'];

export interface ProgramSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

/** The absolute path of a program, or `undefined` where there is none that may be run. */
export async function findProgram(
  name: string,
  { env, platform }: ProgramSearch,
): Promise<string | undefined> {
  const isWindows = platform === 'win32';
  const onPath = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute);
  const folders = platform === 'darwin' ? [...onPath, ...MAC_FOLDERS] : onPath;
  const file = isWindows && !/\.exe$/i.test(name) ? `${name}.exe` : name;
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, file));
  for (const candidate of candidates) {
    if (await isRunnable(candidate)) return candidate;
  }
  return undefined;
}

async function isRunnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: either way the next folder is asked.
    return false;
  }
}
