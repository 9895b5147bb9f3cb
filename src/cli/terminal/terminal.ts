import type { DictateArguments } from '../arguments.ts';
import type { CliProcess } from '../cli-process.ts';
import { isInForeground } from './foreground.ts';

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
