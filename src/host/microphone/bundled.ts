import process from 'node:process';
import type { BundledRecorders } from './tables/rung.ts';

/** The recorders in `folder`, the scripts among them run by the runtime that runs this. */
export function bundledRecorders(folder: string): BundledRecorders {
  const { deno, electron } = process.versions as Readonly<Record<string, string | undefined>>;
  return {
    folder: folder.replace(/[/\\]+$/, ''),
    runtime: {
      command: process.execPath,
      // A project's own settings are no business of a recorder.
      args: deno === undefined ? [] : ['run', '-A', '--no-config'],
      // Without it the editor's program opens another window.
      env: electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
    },
  };
}
