import { readFileSync } from 'node:fs';
import type { DictateArguments } from '../arguments.ts';
import type { CliProcess } from '../cli-process.ts';

/** What the terminal around this process allows. */
export interface Terminal {
  readonly preview: 'drawn' | 'none';
  readonly colours: 'on' | 'off';
  readonly mayReadKeys: boolean;
}

export function terminalOf(
  { stdin, stderr, env }: Pick<CliProcess, 'stdin' | 'stderr' | 'env'>,
  { audio, detail }: Pick<DictateArguments, 'audio' | 'detail'>,
): Terminal {
  // A dumb terminal cannot move its cursor.
  const isDrawable = stderr.isTTY === true && env['TERM'] !== 'dumb';
  const preview = isDrawable && detail !== 'quiet' ? 'drawn' : 'none';
  return {
    preview,
    // https://no-color.org: any value but the empty one.
    colours: isDrawable && !env['NO_COLOR'] ? 'on' : 'off',
    mayReadKeys:
      preview === 'drawn' &&
      stdin.isTTY === true &&
      audio.kind !== 'standard-input' &&
      isInForeground(),
  };
}

/**
 * A shell's background job that touches the terminal's modes is halted (SIGTTOU), so `lull &` must
 * not ask for single keys. Only Linux tells; elsewhere the foreground is assumed.
 */
function isInForeground(): boolean {
  try {
    // proc(5): after the name in brackets come state, parent, process group, session, terminal
    // and the terminal's foreground process group.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    // No /proc here: not Linux, or a sandbox.
    return true;
  }
}
