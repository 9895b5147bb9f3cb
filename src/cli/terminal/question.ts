import { createInterface } from 'node:readline/promises';
import { DictationError } from '../../core/index.ts';

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ERASERS = new Set(['\u0008', '\u007f']);

/** What is asked of somebody who sits at a terminal. */
export interface Question {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  readonly question: string;
}

/** Asks on a terminal; gives what was typed, or nothing where the person left with Ctrl-C or Ctrl-D. */
export async function readAnswer({ stdin, stderr, question }: Question): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  const left = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return (await Promise.race([lines.question(question), left])).trim();
  } finally {
    lines.close();
  }
}

/**
 * Asks on a terminal for a line that is not shown while it is typed.
 * @throws DictationError `no-key` when the person leaves without an answer
 */
export function readHidden({ stdin, stderr, question }: Question): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const leave = () => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const onData = (chunk: Buffer) => {
      for (const character of String(chunk)) {
        if (ENTER.test(character) && typed !== '') {
          leave();
          return resolve(typed);
        }
        if (ENTER.test(character) || character === CTRL_C || character === CTRL_D) {
          leave();
          return reject(new DictationError('no-key', 'No key was given; nothing was changed'));
        }
        if (ERASERS.has(character)) typed = typed.slice(0, -1);
        else typed += character;
      }
    };
    // The question comes last: an answer typed before it could still be shown.
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
    stderr.write(question);
  });
}
