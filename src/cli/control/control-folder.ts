import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder, type Environment } from '../../host/index.ts';

/** How one dictation is reached. */
export interface ControlPlace {
  /** Names the dictation in the folder: the socket itself, or on Windows a mark for its pipe. */
  readonly entry: string;
  /** What to listen on and to connect to. */
  readonly address: string;
}

const OTHERS = 0o077;

/** A folder that only its owner may enter: whoever can open what is in it may end a dictation. */
export function controlFolder(env: Environment): string {
  const runtime = env['XDG_RUNTIME_DIR'];
  return runtime ? join(runtime, 'lull') : join(configFolder(env), 'run');
}

/** @throws where the folder cannot be made, or is not this person's alone */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isPrivate(folder)) throw new Error(`${folder} is open to other people`);
}

/** Pure; `id` tells the dictations of one person apart. */
export function placeOf(folder: string, id: string, platform: string): ControlPlace {
  if (platform === 'win32') {
    // Pipes live in a space of their own; the mark in the person's folder holds the name.
    return { entry: join(folder, `${id}.pipe`), address: `\\\\.\\pipe\\lull-${id}` };
  }
  const entry = join(folder, `${id}.sock`);
  return { entry, address: entry };
}

/** The dictations that have left an entry, alive or not; the newest first. */
export function placesIn(folder: string, platform: string): readonly ControlPlace[] {
  try {
    if (!isPrivate(folder)) return [];
    const ids = readdirSync(folder).flatMap(
      (name) => /^(.+)\.(?:sock|pipe)$/.exec(name)?.[1] ?? [],
    );
    return ids
      .sort()
      .reverse()
      .map((id) => placeOf(folder, id, platform));
  } catch {
    // No folder: nobody has dictated here yet.
    return [];
  }
}

function isPrivate(folder: string): boolean {
  if (process.platform === 'win32') return true;
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & OTHERS) === 0;
}
