import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataFolder, type Environment } from '../../src/host/config-folder.ts';

/** One file inside the program: where it lies in there, and where it belongs. */
export interface PackedFile {
  readonly source: string;
  readonly path: string;
  readonly mode: number;
}

export interface Packed {
  /** Another for other files, so that two versions never share a folder. */
  readonly name: string;
  readonly files: readonly PackedFile[];
}

/**
 * Lays out what a single file carries, once, and gives the folder: recorders are programs of their own,
 * and the recogniser wants a file for its thread. Where the person's folder takes nothing, it is a
 * folder for this run alone, removed at its end.
 */
export function unpack({ name, files }: Packed, env: Environment = process.env): string {
  const folder = join(dataFolder(env), 'programs', name);
  // It gets its name when it is whole.
  if (existsSync(folder)) return folder;
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    const draft = mkdtempSync(`${folder}.`);
    fill(draft, files);
    return settle(draft, folder);
  } catch {
    const passing = mkdtempSync(join(tmpdir(), 'lull-'));
    process.on('exit', () => rmSync(passing, { recursive: true, force: true }));
    fill(passing, files);
    return passing;
  }
}

function fill(folder: string, files: readonly PackedFile[]): void {
  for (const { source, path, mode } of files) {
    const to = join(folder, path);
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    writeFileSync(to, readFileSync(source), { mode });
  }
}

function settle(draft: string, folder: string): string {
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another run may have been quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
