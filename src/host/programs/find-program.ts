import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Environment } from '../config-folder.ts';

export interface ProgramSearch {
  readonly env: Environment;
  readonly platform: string;
}

/**
 * The only folders in which recorders are looked for, written as PATH is; those that come with Lull
 * are then left out as well.
 */
const ONLY_FOLDERS = 'LULL_RECORDER_PATH';

/** True where somebody said which folders to look in, and no other. */
export function isSearchNarrowed(env: Environment): boolean {
  return env[ONLY_FOLDERS] !== undefined;
}

/** The absolute path of a program, or `undefined` where there is none that may be run. */
export async function findProgram(
  name: string,
  { env, platform }: ProgramSearch,
): Promise<string | undefined> {
  const file = platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
  const candidates = isAbsolute(name)
    ? [name]
    : foldersOf(env, platform).map((folder) => join(folder, file));
  for (const candidate of candidates) {
    if (await isRunnable(candidate)) return candidate;
  }
  return undefined;
}

function foldersOf(env: Environment, platform: string): readonly string[] {
  const only = env[ONLY_FOLDERS];
  if (only !== undefined) return only.split(delimiter).filter(isAbsolute);
  const onPath = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute);
  return [...new Set([...onPath, ...usualFolders(env, platform)])];
}

/** What is started from a dock or a menu has a PATH without what a shell's settings add to it. */
function usualFolders(env: Environment, platform: string): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/usr/bin'];
    case 'win32': {
      const inside = (variable: string, ...path: readonly string[]) =>
        env[variable] ? [join(env[variable], ...path)] : [];
      return [
        ...inside('LOCALAPPDATA', 'Microsoft', 'WinGet', 'Links'),
        ...inside('USERPROFILE', 'scoop', 'shims'),
        ...inside('ProgramData', 'chocolatey', 'bin'),
        ...inside('ProgramFiles', 'ffmpeg', 'bin'),
        ...inside('ProgramFiles(x86)', 'sox-14-4-2'),
      ];
    }
    default:
      return [
        ...['/usr/local/bin', '/usr/bin', '/bin', '/run/current-system/sw/bin'],
        ...['/home/linuxbrew/.linuxbrew/bin', '/snap/bin'],
        ...(env['HOME'] ? [join(env['HOME'], '.local', 'bin')] : []),
      ];
  }
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
