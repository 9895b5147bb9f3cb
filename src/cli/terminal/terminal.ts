import { fstatSync, readFileSync } from 'node:fs';
import type { DictateArguments } from '../arguments.ts';
import type { CliProcess } from '../cli-process.ts';

/** What the terminal around this process allows. */
export interface Terminal {
  /** Redrawn in place, as lines one below the other where the cursor cannot move, or not at all. */
  readonly preview: 'drawn' | 'lines' | 'none';
  /** Who else prints our words, or nobody: then the screen shows the finished phrases too. */
  readonly words: 'printed' | 'on-a-pipe' | 'out-of-sight';
  readonly colours: 'on' | 'off';
  readonly mayReadKeys: boolean;
}

export function terminalOf(
  { stdin, stdout, stderr, env }: Pick<CliProcess, 'stdin' | 'stdout' | 'stderr' | 'env'>,
  { audio, detail, outputPath, target }: DictateArguments,
): Terminal {
  // A dumb terminal cannot move its cursor.
  const isDrawable = stderr.isTTY === true && env['TERM'] !== 'dumb';
  const kind = isDrawable ? 'drawn' : 'lines';
  const preview = stderr.isTTY === true && detail !== 'quiet' ? kind : 'none';
  return {
    preview,
    words: outputPath === undefined ? placeOf(stdout) : 'out-of-sight',
    // https://no-color.org: any value but the empty one.
    colours: isDrawable && !env['NO_COLOR'] ? 'on' : 'off',
    mayReadKeys:
      preview === 'drawn' &&
      stdin.isTTY === true &&
      audio.kind !== 'standard-input' &&
      // What is typed into the focused window could come back to us as keys.
      target?.kind !== 'focused-window' &&
      isInForeground(),
  };
}

/** OSC 52: the terminal puts the text on the clipboard of the machine it is shown on. */
export function copyThroughTerminal(
  text: string,
  { stderr, env }: Pick<CliProcess, 'stderr' | 'env'>,
): boolean {
  if (stderr.isTTY !== true || env['TERM'] === 'dumb') return false;
  stderr.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
  return true;
}

function placeOf(stdout: CliProcess['stdout']): Terminal['words'] {
  if (stdout.isTTY) return 'printed';
  try {
    return fstatSync(stdout.fd).isFile() ? 'out-of-sight' : 'on-a-pipe';
  } catch {
    // It was closed, and then nothing is read on the other side either.
    return 'on-a-pipe';
  }
}

/**
 * A shell's background job that touches the terminal's modes is halted (SIGTTOU), so `lull &` must
 * not ask for single keys. Only Linux tells; elsewhere the foreground is assumed.
 */
export function isInForeground(): boolean {
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
