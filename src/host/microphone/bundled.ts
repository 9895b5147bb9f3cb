import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { BundledRecorders } from './tables/rung.ts';

/** The recorders in `folder`, the scripts among them run by the runtime that runs this. */
export function bundledRecorders(folder: string): BundledRecorders {
  const { deno, electron, bun } = process.versions as Readonly<Record<string, string | undefined>>;
  const scripts = folder.replace(/[/\\]+$/, '');
  return {
    folder: scripts,
    programs: programsFolder(scripts, `${process.platform}-${process.arch}`),
    runtime: {
      command: process.execPath,
      // A project's own settings are no business of a recorder.
      args: deno === undefined ? [] : ['run', '-A', '--no-config'],
      env: {
        // Without it the editor's program opens another window.
        ...(electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
        // Without it Lull as a single file, which Bun is in, would take the script for a recording.
        ...(bun === undefined ? {} : { BUN_BE_BUN: '1' }),
      },
    },
  };
}

/** Beside the scripts, as the extension has them, or in the package that npm chose for this platform. */
export function programsFolder(scripts: string, target: string): string {
  const beside = join(scripts, target);
  if (existsSync(beside)) return beside;
  try {
    const resolve = createRequire(join(scripts, 'pulse.mjs')).resolve;
    return dirname(resolve(`@lull/recorder-${target}/package.json`));
  } catch {
    // Not installed, or none for this platform: the ladder goes on without it.
    return beside;
  }
}
